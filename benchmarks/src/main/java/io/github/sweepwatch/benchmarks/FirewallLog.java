package io.github.sweepwatch.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Firewall logs in memory, about 10 MB each, made from a fixed seed. */
final class FirewallLog {
  private static final int WANTED_BYTES = 10_000_000;
  private static final String[] ACTIONS = {"allow", "allow", "allow", "deny"};

  private FirewallLog() {}

  /** Palo Alto's traffic log: CSV behind a syslog header. */
  static byte[] paloAlto() {
    Random random = new Random(1);
    StringBuilder log = new StringBuilder(WANTED_BYTES + 1024);
    while (log.length() < WANTED_BYTES) {
      String time = time("2026/11/24 ", random);
      log.append("Nov 24 02:05:10 pa-1 1,").append(time);
      log.append(",001801000001,TRAFFIC,end,2049,").append(time).append(',');
      log.append(address("10.1.", random)).append(',').append(address("203.0.", random));
      log.append(",198.51.100.1,203.0.113.9,out,corp\\kim,,ssl,vsys1,trust,untrust,ethernet1/2,");
      log.append("ethernet1/1,siem,").append(time).append(',').append(random.nextInt(100_000));
      log.append(",1,")
          .append(1024 + random.nextInt(60_000))
          .append(",443,16418,443,0x400053,tcp,");
      log.append(ACTIONS[random.nextInt(4)]).append(",7734,").append(random.nextInt(10_000));
      log.append(',').append(random.nextInt(100_000)).append(",36,").append(time);
      log.append(",586,any,0,32091112,0x0,10.0.0.0-10.255.255.255,Germany,0,");
      log.append(random.nextInt(100)).append(',').append(1 + random.nextInt(100));
      log.append(",tcp-fin,0,0,0,0,,pa-1,from-policy,,,0,,0,,N/A,0,0,0,0\n");
    }
    return bytes(log);
  }

  /** FortiGate's traffic log: quoted pairs. */
  static byte[] fortiGate() {
    Random random = new Random(2);
    StringBuilder log = new StringBuilder(WANTED_BYTES + 1024);
    while (log.length() < WANTED_BYTES) {
      log.append("date=2026-11-24 time=").append(time("", random));
      log.append(" devname=\"fg-1\" devid=\"FGT1\" logid=\"0000000013\" type=\"traffic\"");
      log.append(" subtype=\"forward\" level=\"notice\" vd=\"root\" eventtime=");
      log.append(1_795_485_900L + random.nextInt(10_000)).append("369913239 srcip=");
      log.append(address("10.1.", random)).append(" srcport=").append(random.nextInt(65_536));
      log.append(" srcintf=\"port12\" srcintfrole=\"undefined\" dstip=");
      log.append(address("203.0.", random)).append(" dstport=443 dstintf=\"port11\"");
      log.append(" dstintfrole=\"undefined\" poluuid=\"ccb269e0-5735-51e9-a218-a397dd08b7eb\"");
      log.append(" sessionid=").append(random.nextInt(1_000_000)).append(" proto=6 action=\"");
      log.append(random.nextInt(4) == 0 ? "deny" : "close").append("\" policyid=1");
      log.append(
          " policytype=\"policy\" service=\"HTTPS\" dstcountry=\"Canada\" trandisp=\"snat\"");
      log.append(" transip=172.16.200.2 transport=58012 appid=34050 app=\"Browser\" duration=116");
      log.append(" sentbyte=").append(random.nextInt(10_000)).append(" rcvdbyte=");
      log.append(random.nextInt(10_000)).append(" sentpkt=").append(random.nextInt(100));
      log.append(" rcvdpkt=").append(random.nextInt(100)).append(" utmaction=\"allow\"\n");
    }
    return bytes(log);
  }

  /** AWS flow log, version 2. */
  static byte[] aws() {
    Random random = new Random(3);
    StringBuilder log = new StringBuilder(WANTED_BYTES + 1024);
    while (log.length() < WANTED_BYTES) {
      long start = 1_795_485_900L + random.nextInt(10_000);
      log.append("2 123456789010 eni-0a1b2c3d4e5f60001 ").append(address("10.1.", random));
      log.append(' ').append(address("203.0.", random)).append(' ');
      log.append(32_768 + random.nextInt(28_000)).append(" 443 6 ").append(1 + random.nextInt(50));
      log.append(' ').append(40 + random.nextInt(10_000)).append(' ').append(start).append(' ');
      log.append(start + 60).append(random.nextInt(4) == 0 ? " REJECT OK\n" : " ACCEPT OK\n");
    }
    return bytes(log);
  }

  private static byte[] bytes(StringBuilder log) {
    return log.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String address(String network, Random random) {
    return network + random.nextInt(256) + '.' + random.nextInt(256);
  }

  private static String time(String date, Random random) {
    StringBuilder time = new StringBuilder(date);
    for (int most : new int[] {24, 60, 60}) {
      int value = random.nextInt(most);
      time.append(most == 24 ? "" : ":").append(value < 10 ? "0" : "").append(value);
    }
    return time.toString();
  }
}
