package io.github.sweepwatch.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Zeek connection logs to feed to commands. */
final class ZeekText {
  static final String HEADER =
      "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
          + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice"
          + "\tduration\torig_bytes\tresp_bytes\tconn_state\n";

  private ZeekText() {}

  static String row(String time, String source, String target, String port, String state) {
    return String.join(
            "\t", time, "C1", source, "40000", target, port, "tcp", "-", "-", "-", "-", state)
        + "\n";
  }

  /** A row of a second after the epoch of these logs. */
  static String row(int second, String source, String target, int port, String state) {
    return row(1_795_486_000 + second + ".5", source, target, Integer.toString(port), state);
  }

  /** One refused connection to each of some hosts. */
  static String sweep(int hosts) {
    StringBuilder log = new StringBuilder(HEADER);
    for (int i = 1; i <= hosts; i++) {
      log.append(row(i, "203.0.113.7", "10.0.0." + i, 445, "REJ"));
    }
    return log.toString();
  }

  static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
