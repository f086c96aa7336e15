package io.github.sweepwatch.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * An EVE log in memory, about 20 MB of it: flow records as Suricata 7 writes them, made from a
 * seed; or a file's lines, as often as it takes.
 */
final class EveLog {
  private static final int WANTED_BYTES = 20_000_000;
  private static final String FILE = System.getProperty("sweepwatch.benchmark.eve", "");
  private static final long START = Instant.parse("2026-11-24T02:00:00Z").getEpochSecond();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxx").withZone(ZoneOffset.UTC);

  private EveLog() {}

  static byte[] json() {
    StringBuilder log = new StringBuilder(WANTED_BYTES + 1000);
    if (FILE.isEmpty()) {
      SplittableRandom random = new SplittableRandom(17);
      for (int flow = 0; log.length() < WANTED_BYTES; flow++) {
        append(log, flow, random);
      }
    } else {
      String lines = new String(file(Path.of(FILE)), StandardCharsets.ISO_8859_1);
      do {
        log.append(lines);
      } while (log.length() < WANTED_BYTES);
    }
    return log.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void append(StringBuilder log, int flow, SplittableRandom random) {
    Instant begin = Instant.ofEpochSecond(START + flow / 50, random.nextInt(1_000_000) * 1000L);
    Instant end = begin.plusMillis(random.nextInt(5000));
    int kind = random.nextInt(10);
    boolean udp = kind < 2;
    log.append("{\"timestamp\":\"").append(TIME.format(end.plusSeconds(31)));
    log.append("\",\"flow_id\":").append(random.nextLong(1L << 51));
    log.append(",\"in_iface\":\"eth0\",\"event_type\":\"flow\",\"src_ip\":\"10.10.0.");
    log.append(random.nextInt(256)).append("\",\"src_port\":").append(random.nextInt(1024, 65536));
    log.append(",\"dest_ip\":\"192.0.2.").append(random.nextInt(256)).append("\",\"dest_port\":");
    log.append(udp ? 53 : random.nextInt(1, 1024)).append(",\"proto\":\"");
    log.append(udp ? "UDP" : "TCP").append("\",\"app_proto\":\"").append(udp ? "dns" : "failed");
    log.append("\",\"flow\":{\"pkts_toserver\":").append(1 + random.nextInt(20));
    log.append(",\"pkts_toclient\":").append(kind < 6 ? random.nextInt(20) : 0);
    log.append(",\"bytes_toserver\":").append(60 + random.nextInt(20_000));
    log.append(",\"bytes_toclient\":").append(random.nextInt(200_000));
    log.append(",\"start\":\"").append(TIME.format(begin));
    log.append("\",\"end\":\"").append(TIME.format(end)).append("\",\"age\":");
    log.append(end.getEpochSecond() - begin.getEpochSecond());
    log.append(",\"state\":\"").append(kind < 6 ? "closed" : "new");
    log.append("\",\"reason\":\"timeout\",\"alerted\":false}");
    if (!udp) {
      String answer = kind < 6 ? "1b" : "00";
      log.append(",\"tcp\":{\"tcp_flags\":\"1b\",\"tcp_flags_ts\":\"");
      log.append(kind < 6 ? "1b" : "02").append("\",\"tcp_flags_tc\":\"").append(answer);
      log.append("\",\"syn\":true,\"fin\":true,\"psh\":true,\"ack\":true,\"state\":\"closed\"");
      log.append(",\"ts_max_regions\":1,\"tc_max_regions\":1}");
    }
    log.append("}\n");
  }

  private static byte[] file(Path path) {
    try (InputStream in = Files.newInputStream(path);
        InputStream plain = FILE.endsWith(".gz") ? new GZIPInputStream(in) : in) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      plain.transferTo(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("no log to measure with: " + path.toAbsolutePath(), e);
    }
  }
}
