package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header lines of Zeek's tab-separated logs and keeps what the latest header says. Three
 * forms are read: the full header, whose separator, markers and line prefix are all configurable;
 * single header lines where others were lost; and the bare row of column names of Zeek's {@code
 * tsv} mode. Not thread-safe.
 */
final class TsvHeader {
  /** What the header seen last makes of the rows that follow. */
  enum State {
    /** There was no header yet. */
    NONE,
    /** Rows are connections, laid out as {@link TsvHeader#layout} says. */
    CONNECTIONS,
    /** Rows are of the log that {@link TsvHeader#logonLog} names, laid out as for connections. */
    LOGONS,
    /** Rows are of another log. */
    OTHER_LOG,
    /** Rows are connections, but the header does not do. */
    UNUSABLE
  }

  private static final int MAX_COLUMNS = 1000;
  private static final int MAX_PREFIX = 32;
  private static final byte[] SEPARATOR_LINE = bytes("separator ");
  private static final String CONN = "conn";
  private static final byte[] NOTICE_SOURCE = bytes("src");
  private static final byte[] NOTICE_TARGET = bytes("dst");
  private static final byte[] TAB = {'\t'};

  private State state = State.NONE;
  private @Nullable LogonLog logonLog;
  private @Nullable TsvLayout layout;
  private String problem = "";

  private byte[] prefix = bytes("#");
  // Null until a line tells.
  private byte @Nullable [] separator;
  private byte[] unset = bytes("-");
  private byte[] empty = bytes("(empty)");
  private @Nullable String path;
  private boolean announced;
  private boolean namesEndpoint;

  State state() {
    return state;
  }

  /** The log that the rows are of, where they may tell of logons. */
  @Nullable LogonLog logonLog() {
    return logonLog;
  }

  /** The layout of the rows, where they are connections or may tell of logons. */
  @Nullable TsvLayout layout() {
    return layout;
  }

  /** Why the header is unusable; told once a header, and empty from then on. */
  String takeProblem() {
    String taken = problem;
    problem = "";
    return taken;
  }

  /** Whether a full header said that this is a log of Zeek's. */
  boolean isAnnounced() {
    return announced;
  }

  /** Whether the last bare row of names had an endpoint's among them. */
  boolean namesEndpoint() {
    return namesEndpoint;
  }

  /** Whether a row that starts so may be a header line or a comment. Quick, and true too often. */
  boolean mayStartHeader(byte first) {
    return first == prefix[0] || !(isDigit(first) || isLetter(first));
  }

  /**
   * Takes a line that is a header line or a comment.
   *
   * @return whether it was one
   */
  boolean takeMeta(byte[] bytes, int from, int to) {
    int start = from;
    while (start < to && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    if (start == to || takeSeparator(bytes, start, to)) {
      return true;
    }
    int after = start + prefix.length;
    if (after > to || !Arrays.equals(bytes, start, after, prefix, 0, prefix.length)) {
      return false;
    }
    int end = after;
    while (end < to && (isLetter(bytes[end]) || bytes[end] == '_')) {
      end++;
    }
    String keyword = new String(bytes, after, end - after, StandardCharsets.US_ASCII);
    switch (keyword) {
      case "empty_field" -> empty = value(bytes, end, to);
      case "unset_field" -> unset = value(bytes, end, to);
      case "path" -> path = new String(value(bytes, end, to), StandardCharsets.UTF_8);
      case "fields" -> fields(bytes, end, to);
      default -> {
        // Other header lines, and comments. After blanks, it must be one of the former.
        return start == from || keyword.equals("types") || keyword.equals("close");
      }
    }
    return true;
  }

  /**
   * Takes a line that is a bare row of column names.
   *
   * @return whether it was one
   */
  boolean takeBare(byte[] bytes, int from, int to) {
    int nameEnd = nameEnd(bytes, from, to);
    int next = separatorEnd(bytes, nameEnd, to);
    if (nameEnd == from || isDigit(bytes[from]) || next == nameEnd || next == to) {
      return false;
    }
    byte[] between = Arrays.copyOfRange(bytes, nameEnd, next);
    List<byte[]> names = split(bytes, from, to, between);
    boolean time = false;
    boolean originator = false;
    boolean responder = false;
    for (byte[] name : names) {
      ZeekField field = FieldName.of(name, 0, name.length).field();
      time |= field == ZeekField.TS;
      originator |= field == ZeekField.ORIG_H;
      responder |= field == ZeekField.RESP_H;
      if (nameEnd(name, 0, name.length) == 0 || isDigit(name[0])) {
        return false;
      }
    }
    if (!time && !(originator && responder)) {
      return false;
    }
    namesEndpoint = originator || responder;
    separator = between;
    path = null;
    layOut(names);
    return true;
  }

  /* The first line of a full header. It alone has a blank after its keyword, whatever the separator. */
  private boolean takeSeparator(byte[] bytes, int from, int to) {
    for (int i = from + 1; i < Math.min(to, from + MAX_PREFIX); i++) {
      // The prefix must not end like a word, or #set_separator would be taken for it.
      if (startsWith(bytes, i, to, SEPARATOR_LINE) && !isNameCharacter(bytes[i - 1])) {
        prefix = Arrays.copyOfRange(bytes, from, i);
        byte[] given = ZeekEscapes.resolve(bytes, i + SEPARATOR_LINE.length, to);
        separator = given.length == 0 ? TAB : given;
        unset = bytes("-");
        empty = bytes("(empty)");
        path = null;
        layout = null;
        logonLog = null;
        state = State.NONE;
        announced = true;
        return true;
      }
      if (bytes[i] == ' ' || bytes[i] == '\t') {
        return false;
      }
    }
    return false;
  }

  /* What follows a keyword and a separator. */
  private byte[] value(byte[] bytes, int keywordEnd, int to) {
    int start = Math.min(to, keywordEnd + separatorOrTab().length);
    return ZeekEscapes.resolve(bytes, start, to);
  }

  private byte[] separatorOrTab() {
    byte[] known = separator;
    return known == null ? TAB : known;
  }

  private void fields(byte[] bytes, int keywordEnd, int to) {
    int next = separatorEnd(bytes, keywordEnd, to);
    if (separator == null && next > keywordEnd) {
      separator = Arrays.copyOfRange(bytes, keywordEnd, next);
    }
    byte[] between = separatorOrTab();
    List<byte[]> names = split(bytes, Math.min(to, keywordEnd + between.length), to, between);
    for (byte[] name : names) {
      announced |= FieldName.of(name, 0, name.length).field() == ZeekField.TS;
    }
    layOut(names);
  }

  private void layOut(List<byte[]> names) {
    int[] columnOf = new int[ZeekField.COUNT];
    int[] rankOf = new int[ZeekField.COUNT];
    Arrays.fill(columnOf, -1);
    boolean marked = false;
    boolean foreign = false;
    for (int column = 0; column < names.size(); column++) {
      byte[] text = names.get(column);
      FieldName name = FieldName.of(text, 0, text.length);
      foreign |= name.role() == FieldName.Role.FOREIGN;
      ZeekField field = name.field();
      if (field != null) {
        marked |= ZeekField.MARKS.contains(field);
        int index = field.index();
        if (columnOf[index] < 0 || name.rank() < rankOf[index]) {
          columnOf[index] = column;
          rankOf[index] = name.rank();
        }
      }
    }
    List<ZeekField> missing = new ArrayList<>(ZeekField.NEEDED);
    missing.removeIf(field -> columnOf[field.index()] >= 0);
    layout = null;
    boolean connections =
        path == null ? marked || (!foreign && missing.isEmpty()) : isConnectionPath(path, marked);
    logonLog =
        connections
            ? null
            : path == null
                ? LogonLog.of(field -> columnOf[field.index()] >= 0)
                : LogonLog.named(path);
    if (logonLog == LogonLog.NOTICE) {
      // Whom a notice accuses it says by itself: not every one is of a connection.
      for (int column = 0; column < names.size(); column++) {
        if (Arrays.equals(names.get(column), NOTICE_SOURCE)) {
          columnOf[ZeekField.ORIG_H.index()] = column;
        } else if (Arrays.equals(names.get(column), NOTICE_TARGET)) {
          columnOf[ZeekField.RESP_H.index()] = column;
        }
      }
    }
    if (logonLog != null) {
      missing.retainAll(LogonLog.NEEDED);
    } else if (!connections) {
      state = State.OTHER_LOG;
      return;
    }
    state = State.UNUSABLE;
    String twice = twice(names);
    if (names.size() > MAX_COLUMNS) {
      problem = "more than " + MAX_COLUMNS + " columns";
    } else if (twice != null) {
      problem = "duplicate column " + twice;
    } else if (!missing.isEmpty()) {
      problem = "no column " + String.join(", ", missing.stream().map(Object::toString).toList());
    } else {
      layout =
          new TsvLayout(new FieldSplitter(separatorOrTab()), unset, empty, names.size(), columnOf);
      state = connections ? State.CONNECTIONS : State.LOGONS;
    }
  }

  /** Whether records of a path are connections, where it is known if one has a mark of theirs. */
  static boolean isConnectionPath(String path, boolean marked) {
    return path.equals(CONN) || (marked && isConnectionPath(path));
  }

  /* A filter may write connections under names such as conn-local or conn_external. */
  private static boolean isConnectionPath(String path) {
    return path.startsWith(CONN + "-") || path.startsWith(CONN + "_");
  }

  private static @Nullable String twice(List<byte[]> names) {
    Set<String> seen = new HashSet<>();
    for (byte[] name : names) {
      if (!seen.add(new String(name, StandardCharsets.ISO_8859_1))) {
        return Excerpt.of(name, 0, name.length);
      }
    }
    return null;
  }

  private static List<byte[]> split(byte[] bytes, int from, int to, byte[] separator) {
    int[] ends = new int[MAX_COLUMNS + 1];
    int count = new FieldSplitter(separator).split(bytes, from, to, ends);
    List<byte[]> names = new ArrayList<>();
    int start = from;
    for (int i = 0; i < Math.min(count, ends.length); i++) {
      names.add(ZeekEscapes.resolve(bytes, start, ends[i]));
      start = ends[i] + separator.length;
    }
    return names;
  }

  /* Column names are of letters, digits, underscores and dots. */
  private static int nameEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isNameCharacter(bytes[i])) {
      i++;
    }
    return i;
  }

  private static int separatorEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !isNameCharacter(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isNameCharacter(byte c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '.';
  }

  private static boolean isLetter(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
    int end = from + start.length;
    return end <= to && Arrays.equals(bytes, from, end, start, 0, start.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
