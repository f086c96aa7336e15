package io.github.sweepwatch.parser.firewall.record;

/** Reads the time in front of a syslog message, of either RFC. Not thread-safe. */
public final class HeaderStamp {
  private static final int BSD_LENGTH = "Nov 24 02:05:00".length();

  private static final int DATE_LENGTH = "2026-11-24".length();

  private final Stamps stamps;

  /**
   * Reads with the stream's zone and reference date.
   *
   * @param stamps the stream's stamps
   */
  public HeaderStamp(Stamps stamps) {
    this.stamps = stamps;
  }

  /**
   * Reads the first stamp of a line.
   *
   * @param bytes holds the line
   * @param from its first byte
   * @param to where the message begins, exclusive
   * @return microseconds since 1970, or {@link Stamps#INVALID}
   */
  public long read(byte[] bytes, int from, int to) {
    int at = from;
    if (at < to && bytes[at] == '<') {
      at = Math.min(to, Text.find(bytes, at, to, '>') + 1);
      if (at + 1 < to && bytes[at] == '1' && bytes[at + 1] == ' ') {
        at += 2;
      }
    }
    if (at == to) {
      return Stamps.INVALID;
    }
    if (bytes[at] > '9') {
      if (to - at < BSD_LENGTH) {
        return Stamps.INVALID;
      }
      int end = Text.find(bytes, at + BSD_LENGTH, to, ' ');
      // Cisco and others put the year after the day or at the end; a colon may close it.
      long micros = stamps.read(bytes, at, bytes[end - 1] == ':' ? end - 1 : end);
      return micros >= 0 ? micros : stamps.read(bytes, at, at + BSD_LENGTH);
    }
    int end = Text.find(bytes, at, to, ' ');
    if (end - at < DATE_LENGTH) {
      return Stamps.INVALID;
    }
    long micros = stamps.read(bytes, at, end);
    if (micros < 0 && end < to) {
      // A blank between date and time.
      micros = stamps.read(bytes, at, Text.find(bytes, end + 1, to, ' '));
    }
    return micros;
  }
}
