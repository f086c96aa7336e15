package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.ScanAlert;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads alerts as JSON lines, as {@link JsonAlertEncoder} writes them. A line that is no alert is
 * handed over with its number and the reason, and the rest is read all the same. Memory is bounded
 * by {@link #MAX_LINE}.
 *
 * <p>Thread-safe.
 */
public final class AlertReader {
  /** The longest line that is read, in bytes. */
  public static final int MAX_LINE = 1 << 20;

  private static final JsonAlertDecoder DECODER = new JsonAlertDecoder();

  private AlertReader() {}

  /** Takes what is read. */
  public interface Handler {
    /**
     * An alert.
     *
     * @param alert the alert
     */
    void alert(ScanAlert alert);

    /**
     * A line that is no alert.
     *
     * @param line its number, from 1
     * @param reason why; it may hold parts of the line
     */
    void rejected(long line, String reason);
  }

  /**
   * Reads to the end of a stream; does not close it. Empty lines are passed over.
   *
   * @param in the lines, in UTF-8
   * @param handler takes the alerts and the rejections, in order
   * @throws IOException if the stream throws it; what came before has been handed over
   */
  public static void read(InputStream in, Handler handler) throws IOException {
    InputStream bytes = new BufferedInputStream(in, 1 << 16);
    byte[] line = new byte[1 << 12];
    long number = 0;
    int length = 0;
    boolean open = false;
    for (int value = bytes.read(); value >= 0; value = bytes.read()) {
      open = value != '\n';
      if (!open) {
        line(line, length, ++number, handler);
        length = 0;
      } else if (length <= MAX_LINE) {
        if (length == line.length) {
          line = Arrays.copyOf(line, Math.min(2 * length, MAX_LINE + 1));
        }
        // One byte beyond the limit is kept, to tell; the rest is let go.
        line[length++] = (byte) value;
      }
    }
    if (open) {
      line(line, length, ++number, handler);
    }
  }

  private static void line(byte[] line, int length, long number, Handler handler) {
    if (length > MAX_LINE) {
      handler.rejected(number, "longer than " + MAX_LINE + " bytes");
      return;
    }
    int from = 0;
    while (from < length && line[from] >= 0 && line[from] <= ' ') {
      from++;
    }
    if (from == length) {
      return;
    }
    ScanAlert alert;
    try {
      alert = DECODER.decode(line, from, length);
    } catch (IllegalArgumentException e) {
      handler.rejected(number, String.valueOf(e.getMessage()));
      return;
    }
    handler.alert(alert);
  }
}
