package io.github.sweepwatch.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Logs of netfilter and of Cisco's ASA in memory, about 10 MB each, of made-up traffic. */
final class DeviceLog {
  private static final int WANTED_BYTES = 10_000_000;

  private final Random random = new Random(1);
  private final StringBuilder log = new StringBuilder(WANTED_BYTES + 1000);
  private int records;

  private DeviceLog() {}

  /** Packets that were let through and dropped, TCP and UDP. */
  static byte[] netfilter() {
    DeviceLog log = new DeviceLog();
    while (log.log.length() < WANTED_BYTES) {
      log.packet();
    }
    return log.log.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Denials, and connections built and torn down. */
  static byte[] asa() {
    DeviceLog log = new DeviceLog();
    while (log.log.length() < WANTED_BYTES) {
      if (log.records % 3 == 0) {
        log.denial();
      } else {
        log.connection();
      }
    }
    return log.log.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void packet() {
    boolean udp = random.nextInt(4) == 0;
    log.append("Nov 24 ").append(clock()).append(" gw kernel: [").append(1000 + records / 100);
    log.append(".170176] [FW-").append(random.nextBoolean() ? "DROP" : "ACCEPT");
    log.append("] IN=eth0 OUT=eth1 MAC=b6:b2:8e:bc:07:12:02:e6:75:17:07:62:08:00 SRC=");
    log.append(outside()).append(" DST=").append(inside());
    log.append(" LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=").append(random.nextInt(65536));
    log.append(" DF PROTO=").append(udp ? "UDP" : "TCP").append(" SPT=").append(port());
    log.append(" DPT=").append(random.nextInt(1024));
    log.append(udp ? " LEN=40 \n" : " WINDOW=64240 RES=0x00 SYN URGP=0 \n");
    records++;
  }

  private void denial() {
    header();
    log.append("%ASA-4-106023: Deny tcp src outside:").append(outside()).append('/').append(port());
    log.append(" dst inside:").append(inside()).append('/').append(random.nextInt(1024));
    log.append(" by access-group \"outside_in\" [0x71761f18, 0x0]\n");
    records++;
  }

  private void connection() {
    String outside = outside() + "/" + port();
    String inside = inside() + "/" + random.nextInt(1024);
    int id = 1_000_000 + records;
    header();
    log.append("%ASA-6-302013: Built inbound TCP connection ").append(id).append(" for outside:");
    log.append(outside).append(" (").append(outside).append(") to inside:").append(inside);
    log.append(" (").append(inside).append(")\n");
    header();
    log.append("%ASA-6-302014: Teardown TCP connection ").append(id).append(" for outside:");
    log.append(outside).append(" to inside:").append(inside);
    log.append(" duration 0:00:01 bytes ").append(random.nextInt(100_000)).append(" TCP FINs\n");
    records += 2;
  }

  private void header() {
    log.append("<166>Nov 24 2026 ").append(clock()).append(" fw1 : ");
  }

  private String clock() {
    int second = records / 100;
    return String.format("%02d:%02d:%02d", second / 3600 % 24, second / 60 % 60, second % 60);
  }

  private String outside() {
    return "198.51." + random.nextInt(256) + "." + random.nextInt(256);
  }

  private String inside() {
    return "10.0." + random.nextInt(16) + "." + random.nextInt(256);
  }

  private int port() {
    return 1024 + random.nextInt(60_000);
  }
}
