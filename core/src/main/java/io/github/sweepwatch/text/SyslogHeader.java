package io.github.sweepwatch.text;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * Tells a syslog record's header from its payload, from bytes and without an object a record.
 *
 * <p>It takes headers of RFC 3164 and RFC 5424, with or without the priority, the stamp, the host
 * and the tag; with the length before it that RFC 6587 puts there; with Cisco's sequence number and
 * marks; and a header within a header, as relays make them, where the inner one counts, since it
 * tells of the event. A record without any header is all payload. {@link SyslogStamp} has the
 * stamps.
 *
 * <p>Not thread-safe.
 */
public final class SyslogHeader {
  private static final int MAX_HEADERS = 4;
  private static final int MAX_NAME = 255;
  private static final int BYTE_ORDER_MARK = 0xefbbbf;

  // What a character does to a name: nothing, end it, end it if a blank follows, or there is none.
  private static final byte IN_NAME = 0;
  private static final byte ENDS = 1;
  private static final byte COLON = 2;
  private static final byte NOT_IN_NAMES = 3;
  private static final byte[] NAME_CHARACTERS = new byte[256];

  static {
    Arrays.fill(NAME_CHARACTERS, 0, ' ' + 1, ENDS);
    NAME_CHARACTERS['['] = ENDS;
    NAME_CHARACTERS[':'] = COLON;
    // These stand in payloads and in no host's or program's name.
    for (char character : "=\"'|,;{}<>%*!?\\`()".toCharArray()) {
      NAME_CHARACTERS[character] = NOT_IN_NAMES;
    }
  }

  private final SyslogStamp stamp;

  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private int priority;
  private long time;
  private long latest = TimeParser.INVALID;
  private int hostFrom;
  private int hostTo;
  private int tagFrom;
  private int tagTo;
  private int messageFrom;
  private int messageTo;
  private int structuredFrom;
  private int structuredTo;

  /**
   * A reader for one stream.
   *
   * @param zone the zone of stamps that carry none
   * @param reference a date near the first record, for stamps without a year
   */
  public SyslogHeader(ZoneId zone, LocalDate reference) {
    stamp = new SyslogStamp(zone, reference);
  }

  /**
   * Reads the header of a record.
   *
   * @param buffer holds the record; the ranges that the other methods tell are in it
   * @param from its first byte
   * @param to its end, exclusive
   * @return where the payload begins
   */
  public int parse(byte[] buffer, int from, int to) {
    bytes = buffer;
    end = to;
    priority = -1;
    time = TimeParser.INVALID;
    hostFrom = hostTo = tagFrom = tagTo = from;
    messageFrom = messageTo = structuredFrom = structuredTo = from;
    at = skipBlanks(from);
    for (int i = 0; i < MAX_HEADERS && header(i > 0); i++) {
      // Each goes on where the one before it ended.
    }
    if (time >= 0) {
      latest = time;
    }
    return at;
  }

  /**
   * The priority.
   *
   * @return facility and severity in one, or -1 where there is none
   */
  public int priority() {
    return priority;
  }

  /**
   * The time of the innermost stamp.
   *
   * @return microseconds since 1970, or {@link TimeParser#INVALID} where there is no stamp
   */
  public long timeMicros() {
    return time;
  }

  /**
   * The time of this record's stamp or, where it has none, of the last one before it that has.
   *
   * @return microseconds since 1970, or {@link TimeParser#INVALID} where there was none so far
   */
  public long latestTimeMicros() {
    return latest;
  }

  /**
   * Where the host's name begins.
   *
   * @return the index of its first byte; equal to {@link #hostTo} where there is none
   */
  public int hostFrom() {
    return hostFrom;
  }

  /**
   * Where the host's name ends.
   *
   * @return the index after it
   */
  public int hostTo() {
    return hostTo;
  }

  /**
   * Where the tag begins, in RFC 5424 the application's name.
   *
   * @return the index of its first byte; equal to {@link #tagTo} where there is none
   */
  public int tagFrom() {
    return tagFrom;
  }

  /**
   * Where the tag ends, before the process id and the colon.
   *
   * @return the index after it
   */
  public int tagTo() {
    return tagTo;
  }

  /**
   * Where RFC 5424's message type begins.
   *
   * @return the index of its first byte; equal to {@link #messageTo} where there is none
   */
  public int messageFrom() {
    return messageFrom;
  }

  /**
   * Where RFC 5424's message type ends.
   *
   * @return the index after it
   */
  public int messageTo() {
    return messageTo;
  }

  /**
   * Where RFC 5424's structured data begins.
   *
   * @return the index of its first bracket; equal to {@link #structuredTo} where there is none
   */
  public int structuredFrom() {
    return structuredFrom;
  }

  /**
   * Where RFC 5424's structured data ends; where it is cut off, that is the record's end.
   *
   * @return the index after its last bracket
   */
  public int structuredTo() {
    return structuredTo;
  }

  /**
   * Where the payload begins.
   *
   * @return what {@link #parse} returned
   */
  public int payloadFrom() {
    return at;
  }

  /**
   * Whether the tag is a text.
   *
   * @param ascii the text, compared as it is
   * @return true if so
   */
  public boolean tagIs(String ascii) {
    if (tagTo - tagFrom != ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (bytes[tagFrom + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /* One header; false where none stands here, or none can follow. */
  private boolean header(boolean inner) {
    int start = at;
    int from = afterLength(start);
    int afterPriority = priority(from);
    boolean marked = afterPriority > from;
    int next = skipBlanks(afterPriority);
    if (marked && next < end && bytes[next] == ':') {
      next = skipBlanks(next + 1);
    }
    if (isVersion(next)) {
      int stampFrom = next + 2;
      if (isNil(stampFrom) && structured(stampFrom + 2)) {
        return begins(at);
      }
      if (stampAt(stampFrom)) {
        int hostStart = skipBlanks(stamp.end());
        return structured(hostStart) ? begins(at) : named(hostStart);
      }
    }
    int host = wordEnd(next);
    if (!inner && isVersion(host + 1) && stampAt(host + 3)) {
      // Meraki, as some collectors keep it: the sender's address before all.
      boolean more = named(skipBlanks(stamp.end()));
      if (hostFrom == hostTo) {
        hostFrom = next;
        hostTo = host;
      }
      return more;
    }
    // Cisco: a number, and perhaps the host, stand before the stamp.
    int sequenceEnd = afterNumber(next);
    if (stampAt(sequenceEnd)) {
      return named(afterColon(stamp.end()));
    }
    int label = labelEnd(sequenceEnd);
    if (label > sequenceEnd && stampAt(afterNumber(skipBlanks(label + 1)))) {
      if (digitsEnd(sequenceEnd) < label) {
        hostFrom = sequenceEnd;
        hostTo = label;
      }
      return named(afterColon(stamp.end()));
    }
    if (inner && !marked) {
      at = start;
      return false;
    }
    at = sequenceEnd > next && sequenceEnd < end && bytes[sequenceEnd] == '%' ? sequenceEnd : next;
    if (marked && at < end && bytes[at] == '<') {
      return true;
    }
    tag();
    return false;
  }

  private boolean stampAt(int from) {
    if (!stamp.parse(bytes, from, end)) {
      return false;
    }
    time = stamp.micros();
    return true;
  }

  /* What follows a stamp: the host and the tag, either of which may be missing. */
  private boolean named(int from) {
    at = from;
    int tokenEnd = nameEnd(from);
    int colon = skipBlanks(tokenEnd);
    boolean spacedColon = colon > tokenEnd && isColon(colon);
    if (tokenEnd > from && tokenEnd < end && bytes[tokenEnd] == ' ') {
      hostFrom = from;
      hostTo = tokenEnd;
      at = spacedColon ? skipBlanks(colon + 1) : colon;
      // Some relays repeat the name.
      int length = tokenEnd - from;
      if (nameEnd(at) - at == length
          && at + length < end
          && bytes[at + length] == ' '
          && same(from, at, length)) {
        at = skipBlanks(at + length);
      }
    } else if (tokenEnd > from && isColon(tokenEnd) && cisco(skipBlanks(tokenEnd + 1))) {
      hostFrom = from;
      hostTo = tokenEnd;
      at = skipBlanks(tokenEnd + 1);
      return false;
    }
    int afterHost = at;
    if (begins(afterHost)) {
      return true;
    }
    tag();
    return begins(at);
  }

  /* Whether a header of its own begins here. */
  private boolean begins(int from) {
    int start = afterLength(from);
    if (priority(start, false) > start) {
      return true;
    }
    if (isVersion(start) && stamp.parse(bytes, start + 2, end)) {
      return true;
    }
    int first = afterNumber(from);
    if (stamp.parse(bytes, first, end)) {
      return true;
    }
    int label = labelEnd(first);
    return label > first && stamp.parse(bytes, afterNumber(skipBlanks(label + 1)), end);
  }

  /* program: or program[123]: before the payload. */
  private void tag() {
    int nameEnd = nameEnd(at);
    if (nameEnd == at || nameEnd == end) {
      return;
    }
    int next = nameEnd;
    if (bytes[next] == '[') {
      int close = next + 1;
      while (close < end && close - next < MAX_NAME && bytes[close] != ']' && bytes[close] != ' ') {
        close++;
      }
      if (close == end || bytes[close] != ']') {
        return;
      }
      next = close + 1;
    }
    boolean colon = isColon(next);
    if (!colon && (next == nameEnd || (next < end && bytes[next] != ' '))) {
      return;
    }
    tagFrom = at;
    tagTo = nameEnd;
    at = skipBlanks(colon ? next + 1 : next);
  }

  /* From the host on, in RFC 5424: host, application, process, message type, structured data. */
  private boolean structured(int from) {
    int appFrom = afterWord(from);
    int processFrom = afterWord(appFrom);
    int typeFrom = afterWord(processFrom);
    int dataFrom = afterWord(typeFrom);
    if (dataFrom >= end || (bytes[dataFrom] != '[' && !isNil(dataFrom))) {
      return false;
    }
    hostFrom = from;
    hostTo = isNil(from) ? from : wordEnd(from);
    tagFrom = appFrom;
    tagTo = isNil(appFrom) ? appFrom : wordEnd(appFrom);
    messageFrom = typeFrom;
    messageTo = isNil(typeFrom) ? typeFrom : wordEnd(typeFrom);
    int dataTo = dataFrom;
    while (dataTo < end && bytes[dataTo] == '[') {
      dataTo = elementEnd(dataTo);
    }
    structuredFrom = dataFrom;
    structuredTo = dataTo;
    at = skipBlanks(dataTo > dataFrom ? dataTo : Math.min(end, dataFrom + 1));
    if (end - at >= 3
        && ((bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff))
            == BYTE_ORDER_MARK) {
      at += 3;
    }
    return true;
  }

  private int elementEnd(int from) {
    boolean quoted = false;
    for (int i = from + 1; i < end; i++) {
      int character = bytes[i];
      if (quoted && character == '\\') {
        i++;
      } else if (character == '"') {
        quoted = !quoted;
      } else if (character == ']' && !quoted) {
        return i + 1;
      }
    }
    return end;
  }

  private int priority(int from) {
    return priority(from, true);
  }

  private int priority(int from, boolean keep) {
    if (from >= end || bytes[from] != '<') {
      return from;
    }
    int close = digitsEnd(from + 1);
    int length = close - from - 1;
    if (length < 1 || length > 3 || close == end || bytes[close] != '>') {
      return from;
    }
    if (keep) {
      priority = (int) NumberParser.unsigned(bytes, from + 1, close);
    }
    return close + 1;
  }

  /* The length that stands before each record of a stream over TCP. */
  private int afterLength(int from) {
    int last = digitsEnd(from);
    boolean length = last > from && last + 1 < end && bytes[last] == ' ' && bytes[last + 1] == '<';
    return length ? last + 1 : from;
  }

  private int afterNumber(int from) {
    int last = digitsEnd(from);
    return last > from && isColon(last) ? skipBlanks(last + 1) : from;
  }

  /* Where a name ends that stands before a colon and a blank. */
  private int labelEnd(int from) {
    int last = nameEnd(from);
    return last > from && isColon(last) && last + 1 < end && bytes[last + 1] == ' ' ? last : from;
  }

  private int afterColon(int from) {
    int next = skipBlanks(from);
    return isColon(next) ? skipBlanks(next + 1) : next;
  }

  /* Where a name ends: at a blank, at a colon before a blank or the end, or at a bracket. */
  private int nameEnd(int from) {
    int last = (int) Math.min(end, from + MAX_NAME + 1L);
    for (int i = from; i < last; i++) {
      switch (NAME_CHARACTERS[bytes[i] & 0xff]) {
        case IN_NAME -> {}
        case ENDS -> {
          return i;
        }
        case COLON -> {
          if (isColon(i)) {
            return i;
          }
        }
        default -> {
          return from;
        }
      }
    }
    return last - from <= MAX_NAME ? Math.max(from, last) : from;
  }

  /* A colon within a word may be an IPv6 address's. */
  private boolean isColon(int i) {
    return i < end
        && bytes[i] == ':'
        && (i + 1 == end || bytes[i + 1] == ' ' || bytes[i + 1] == '%');
  }

  private boolean cisco(int i) {
    return i < end && bytes[i] == '%';
  }

  private boolean isVersion(int i) {
    return i + 1 < end && bytes[i] == '1' && bytes[i + 1] == ' ';
  }

  private boolean isNil(int i) {
    return i < end && bytes[i] == '-' && (i + 1 == end || bytes[i + 1] == ' ');
  }

  private boolean same(int first, int second, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[first + i] != bytes[second + i]) {
        return false;
      }
    }
    return true;
  }

  private int wordEnd(int from) {
    int i = from;
    while (i < end && bytes[i] != ' ') {
      i++;
    }
    return i;
  }

  private int afterWord(int from) {
    return skipBlanks(wordEnd(from));
  }

  private int digitsEnd(int from) {
    int i = from;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i;
  }

  private int skipBlanks(int from) {
    int i = from;
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i;
  }
}
