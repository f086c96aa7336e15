package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.Arrays;

/**
 * Puts JSON objects together that are printed over several lines, and takes those out of the array
 * that a file may be, {@code [...]} or {@code {"records":[...]}}. An object on a line of its own is
 * handed on as it stands there. Bounded. Not thread-safe.
 */
public final class JsonObjects {
  /** How long an object over several lines may be. */
  static final int MAX_BYTES = 8 << 20;

  private static final String[] WRAPPERS = {
    "\"records\":", "\"logEvents\":", "\"events\":", "\"entries\":", "\"Records\":"
  };

  private static final int LONGEST_NAME = 16;
  private static final String WITHOUT_END = "a JSON object without end";

  /** What an object was found to be. */
  public enum Found {
    /** A record of the format, whether it gave an event or not. */
    RECORD,
    /** Something else. */
    OTHER,
    /** A piece that more might make whole. */
    CUT,
    /** No JSON. */
    BROKEN
  }

  /** Takes whole objects. */
  public interface Parser {
    /**
     * Parses one object.
     *
     * @param bytes holds it, during the call
     * @param from its first byte
     * @param to its end, exclusive
     * @param sink takes events; nothing is put there for what is cut or broken
     * @return what it was
     */
    Found parse(byte[] bytes, int from, int to, EventSink sink);

    /**
     * Why the last one was broken.
     *
     * @return the reason
     */
    String problem();
  }

  private final Parser parser;
  private byte[] buffer = new byte[0];
  private int length;
  private int depth;
  private int base;
  private boolean inString;
  private boolean escaped;
  private boolean overflowed;
  private long currentLine;
  private long startLine;
  private final StartLineSink started = new StartLineSink();

  /**
   * Hands objects to a parser.
   *
   * @param parser takes them
   */
  public JsonObjects(Parser parser) {
    this.parser = parser;
  }

  /**
   * Says so if an object was begun and not ended. Called at the end of the stream.
   *
   * @param sink takes the rejection
   */
  public void finish(EventSink sink) {
    if (depth > base) {
      rejectAt(startLine, WITHOUT_END, sink);
    }
    reset();
  }

  /**
   * Whether an object is begun and not ended.
   *
   * @return true if the next line belongs to it
   */
  public boolean isPending() {
    return depth > 0;
  }

  /**
   * Takes a line.
   *
   * @param line the line
   * @param sink takes events and rejections
   */
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    while (from < to && bytes[from] <= ' ') {
      from++;
    }
    while (to > from && (bytes[to - 1] <= ' ' || bytes[to - 1] == ',')) {
      to--;
    }
    if (from == to) {
      return;
    }
    if (depth == 0 && bytes[from] != '{' && bytes[from] != '[') {
      // Something in front, such as a syslog header.
      int start = Text.find(bytes, from, to, "{\"");
      if (start >= 0) {
        parser.parse(bytes, start, to, sink);
      }
      return;
    }
    boolean atRecord = depth == base && !inString;
    if (bytes[from] == '{' && (atRecord || from == line.from())) {
      Found found = wrapper(bytes, from, to) ? Found.CUT : parser.parse(bytes, from, to, sink);
      if (atRecord && holdsOthers(found, bytes, from, to)) {
        found = Found.CUT;
      }
      if (found == Found.BROKEN && to < line.to() && bytes[to] == ',' && bytes[to - 1] != '}') {
        // A member stands in front of the comma, and the next one on the next line.
        found = Found.CUT;
      }
      if (found == Found.RECORD && !atRecord) {
        // A whole record where the one before did not end: that one never will.
        rejectAt(startLine, WITHOUT_END, sink);
        sink.startedAt(line.line());
        reset();
        return;
      }
      if (atRecord && found != Found.CUT) {
        if (found == Found.BROKEN) {
          sink.reject(parser.problem());
        }
        return;
      }
    }
    currentLine = line.line();
    scan(bytes, from, line.to(), sink);
  }

  private void reset() {
    depth = 0;
    base = 0;
    length = 0;
    inString = false;
    escaped = false;
    overflowed = false;
  }

  private void scan(byte[] bytes, int from, int to, EventSink sink) {
    for (int i = from; i < to; i++) {
      int character = bytes[i];
      boolean kept = depth > base;
      if (inString) {
        if (escaped) {
          escaped = false;
        } else if (character == '\\') {
          escaped = true;
        } else if (character == '"') {
          inString = false;
        }
      } else if (character == '"') {
        inString = depth > 0;
      } else if (character == '{' || character == '[') {
        kept = open(character);
      } else if ((character == '}' || character == ']') && depth > 0) {
        depth--;
        if (depth == base && kept) {
          append(character);
          objectEnded(sink);
          kept = false;
        } else if (depth < base) {
          base = depth;
        }
        if (depth == 0) {
          reset();
        }
      }
      if (kept) {
        append(character);
      }
    }
    if (depth > base) {
      // The line break is a blank.
      append('\n');
    }
  }

  /* Whether the bracket is part of an object that is kept. */
  private boolean open(int character) {
    if (character == '[' && (depth == 0 || (depth == 1 && base == 0 && isWrapper()))) {
      depth++;
      base = depth;
      length = 0;
      return false;
    }
    if (depth == base) {
      startLine = currentLine;
    }
    depth++;
    return true;
  }

  /* Whether the array that begins is the value of a member that wraps records. */
  private boolean isWrapper() {
    byte[] name = new byte[LONGEST_NAME];
    int at = name.length;
    for (int i = length - 1; i >= 0 && at > 0; i--) {
      if (buffer[i] > ' ') {
        name[--at] = buffer[i];
      }
    }
    for (String wrapper : WRAPPERS) {
      int from = name.length - wrapper.length();
      if (from >= at && Text.find(name, from, name.length, wrapper) == from) {
        return true;
      }
    }
    return false;
  }

  /* Whether a line begins with such a member. */
  private static boolean wrapper(byte[] bytes, int from, int to) {
    byte[] start = new byte[1 + LONGEST_NAME];
    int size = 0;
    for (int i = from; i < to && size < start.length && bytes[i] != '['; i++) {
      if (bytes[i] > ' ') {
        start[size++] = bytes[i];
      }
    }
    for (String wrapper : WRAPPERS) {
      if (size == 1 + wrapper.length() && Text.find(start, 1, size, wrapper) == 1) {
        return true;
      }
    }
    return false;
  }

  /* Whether there are objects to take out of a line that as a whole was found to be no record. */
  private static boolean holdsOthers(Found found, byte[] bytes, int from, int to) {
    return switch (found) {
      case OTHER -> hasWrapper(bytes, from, to);
      case BROKEN -> isSeveral(bytes, from, to);
      default -> false;
    };
  }

  /* Whether a line has a member that wraps records, wherever it stands. */
  private static boolean hasWrapper(byte[] bytes, int from, int to) {
    for (String wrapper : WRAPPERS) {
      if (Text.find(bytes, from, to, wrapper) >= 0) {
        return true;
      }
    }
    return false;
  }

  /* Whether a line seems to have several objects, one behind the other. */
  private static boolean isSeveral(byte[] bytes, int from, int to) {
    return Text.find(bytes, from, to, "}{") >= 0 || Text.find(bytes, from, to, "} {") >= 0;
  }

  private void append(int character) {
    if (length == buffer.length) {
      if (length == MAX_BYTES) {
        overflowed = true;
        return;
      }
      buffer = Arrays.copyOf(buffer, Math.min(MAX_BYTES, Math.max(1024, 2 * length)));
    }
    buffer[length++] = (byte) character;
  }

  private static void rejectAt(long line, String reason, EventSink sink) {
    sink.startedAt(line);
    sink.reject(reason);
  }

  private void objectEnded(EventSink sink) {
    if (overflowed) {
      rejectAt(startLine, "a JSON object longer than " + MAX_BYTES + " bytes", sink);
    } else {
      Found found = parser.parse(buffer, 0, length, started.of(sink, startLine));
      if (found == Found.BROKEN || found == Found.CUT) {
        rejectAt(startLine, parser.problem(), sink);
      }
    }
    sink.startedAt(currentLine);
    overflowed = false;
    length = 0;
  }
}
