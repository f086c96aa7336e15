package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Finds the events of a JSON document: its objects, or those of its list, which may be the first
 * member of one object around it all. A line break within a string, and an object that begins a
 * line where the one before began a line and has not ended, mean that something was cut off. Not
 * thread-safe.
 */
final class JsonScanner extends DocumentScanner {
  private static final Pattern ENVELOPE =
      Pattern.compile(
          "\\{\\s*\"(events|records|value|results)\"\\s*:\\s*\\[", Pattern.CASE_INSENSITIVE);
  private static final int MAX_ENVELOPE = 64;

  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean discarding;
  private boolean lineStart = true;
  private boolean startedLine;

  @Override
  Found next(byte[] bytes, int limit, boolean ended) {
    while (at < limit) {
      int here = at++;
      int c = bytes[here];
      boolean first = lineStart;
      lineStart = c == '\n';
      if (inString) {
        if (c == '\n') {
          Found found = cut(here, NONE);
          if (found != Found.NOTHING) {
            return found;
          }
        } else if (escaped) {
          escaped = false;
        } else if (c == '\\') {
          escaped = true;
        } else if (c == '"') {
          inString = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> inString = true;
        case '{', '[' -> {
          if (c == '{' && first && depth > 0 && startedLine) {
            Found found = cut(here, here);
            depth = 1;
            startedLine = true;
            if (found != Found.NOTHING) {
              return found;
            }
          } else if (depth > 0) {
            depth++;
            if (c == '[' && depth == 2 && isEnvelope(bytes, at)) {
              depth = 0;
              start = NONE;
            }
          } else if (c == '{') {
            depth = 1;
            start = here;
            startedLine = first;
          }
        }
        case '}', ']' -> {
          if (depth > 0 && --depth == 0) {
            if (!discarding) {
              return hand(Found.EVENT, at, NONE);
            }
            discarding = false;
          }
        }
        default -> {}
      }
    }
    return ended && start != NONE ? hand(Found.CUT, limit, NONE) : Found.NOTHING;
  }

  @Override
  void giveUp() {
    start = NONE;
    discarding = depth > 0;
  }

  private Found cut(int end, int nextStart) {
    boolean told = start != NONE;
    depth = 0;
    inString = false;
    escaped = false;
    discarding = false;
    if (told) {
      return hand(Found.CUT, end, nextStart);
    }
    start = nextStart;
    return Found.NOTHING;
  }

  private boolean isEnvelope(byte[] bytes, int to) {
    return start != NONE
        && to - start <= MAX_ENVELOPE
        && ENVELOPE
            .matcher(new String(bytes, start, to - start, StandardCharsets.ISO_8859_1))
            .matches();
  }
}
