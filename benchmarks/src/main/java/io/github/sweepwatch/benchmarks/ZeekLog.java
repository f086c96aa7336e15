package io.github.sweepwatch.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A connection log in memory, tab-separated or as JSON, about 20 MB of it. */
final class ZeekLog {
  private static final int WANTED_BYTES = 20_000_000;
  private static final String FILE =
      System.getProperty("sweepwatch.benchmark.log", "samples/zeek-conn.log.gz");

  private ZeekLog() {}

  /** The file's header once and its rows as often as it takes. */
  static byte[] tsv() {
    String text = new String(file(), StandardCharsets.ISO_8859_1);
    StringBuilder header = new StringBuilder();
    StringBuilder rows = new StringBuilder();
    text.lines().forEach(line -> (line.startsWith("#") ? header : rows).append(line).append('\n'));
    StringBuilder log = new StringBuilder(WANTED_BYTES + rows.length()).append(header);
    do {
      log.append(rows);
    } while (log.length() < WANTED_BYTES);
    return log.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * The same rows as Zeek writes them in JSON: keys in the header's order, unset fields left out.
   */
  static byte[] json() {
    StringBuilder log = new StringBuilder(WANTED_BYTES * 3);
    String[] names = {};
    String[] types = {};
    for (String line : new String(tsv(), StandardCharsets.ISO_8859_1).split("\n", -1)) {
      if (line.startsWith("#fields\t")) {
        names = line.split("\t", -1);
      } else if (line.startsWith("#types\t")) {
        types = line.split("\t", -1);
      } else if (!line.isEmpty() && !line.startsWith("#") && log.length() < WANTED_BYTES) {
        appendJson(log, names, types, line.split("\t", -1));
      }
    }
    return log.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void appendJson(
      StringBuilder log, String[] names, String[] types, String[] values) {
    char before = '{';
    for (int i = 0; i < values.length; i++) {
      if (values[i].equals("-")) {
        continue;
      }
      log.append(before).append('"').append(names[i + 1]).append("\":");
      switch (types[i + 1]) {
        case "time", "interval", "port", "count", "int", "double" -> log.append(values[i]);
        case "bool" -> log.append(values[i].equals("T"));
        case "set[string]" -> log.append("[\"").append(values[i]).append("\"]");
        default -> log.append('"').append(values[i]).append('"');
      }
      before = ',';
    }
    log.append("}\n");
  }

  private static byte[] file() {
    Path path = Path.of(FILE);
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
