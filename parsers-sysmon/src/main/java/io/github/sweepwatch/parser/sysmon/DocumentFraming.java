package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a document of many events into the events, whatever lines it has: XML with its {@code Event}
 * elements, or JSON whose objects are spread over lines or stand in one list. What is between the
 * events is passed over. Not thread-safe.
 */
final class DocumentFraming implements RecordFraming {
  /** How long an event may be. */
  static final int MAX_BYTES = 1 << 20;

  private static final int CHUNK_BYTES = 64 << 10;

  private final DocumentScanner scanner;
  private byte[] buffer = new byte[CHUNK_BYTES];
  private int limit;
  private boolean ended;
  // The line at which counting has arrived.
  private long line = 1;
  private int counted;
  private String problem = "";

  private DocumentFraming(DocumentScanner scanner) {
    this.scanner = scanner;
  }

  /** A framing for a stream that begins like a document, or null. */
  static @Nullable RecordFraming of(byte[] head) {
    int first = 0;
    while (first < head.length && isBlank(head[first])) {
      first++;
    }
    if (first == head.length) {
      return null;
    }
    int lineEnd = first;
    while (lineEnd < head.length && head[lineEnd] != '\n') {
      lineEnd++;
    }
    if (head[first] == '[' && isList(head, first)) {
      return new DocumentFraming(new JsonScanner());
    }
    if (head[first] == '{' && lineEnd < head.length && !isObject(head, first, lineEnd)) {
      return new DocumentFraming(new JsonScanner());
    }
    int tag = EventTags.start(head, first, head.length);
    if (tag < 0) {
      boolean declared = head[first] == '<' && first + 1 < head.length && head[first + 1] == '?';
      return declared ? new DocumentFraming(new XmlScanner()) : null;
    }
    int tagLineEnd = tag;
    while (tagLineEnd < head.length && head[tagLineEnd] != '\n') {
      tagLineEnd++;
    }
    boolean spread =
        tagLineEnd < head.length && EventTags.end(head, tag, tagLineEnd) < 0 && isAlone(head, tag);
    return (head[first] == '<' && isMarkup(head, first)) || spread
        ? new DocumentFraming(new XmlScanner())
        : null;
  }

  @Override
  public Next next(InputStream content, RecordSlice record) throws IOException {
    while (true) {
      DocumentScanner.Found found = scanner.next(buffer, limit, ended);
      if (found != DocumentScanner.Found.NOTHING) {
        record.at(buffer, scanner.from(), scanner.to(), lineAt(scanner.from()));
        problem = "the event has no end";
        return found == DocumentScanner.Found.EVENT ? Next.RECORD : Next.UNUSABLE;
      }
      if (ended) {
        return Next.END;
      }
      if (limit - scanner.needed() > MAX_BYTES) {
        record.at(buffer, limit, limit, lineAt(scanner.needed()));
        problem = "longer than the limit of " + MAX_BYTES + " bytes an event";
        scanner.giveUp();
        return Next.UNUSABLE;
      }
      fill(content);
    }
  }

  @Override
  public String problem() {
    return problem;
  }

  private void fill(InputStream content) throws IOException {
    int needless = scanner.needed();
    if (needless > 0) {
      lineAt(needless);
      System.arraycopy(buffer, needless, buffer, 0, limit - needless);
      limit -= needless;
      counted -= needless;
      scanner.shift(needless);
    }
    if (buffer.length - limit < CHUNK_BYTES / 2) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = content.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(0, read);
  }

  private long lineAt(int index) {
    while (counted < index) {
      if (buffer[counted++] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static boolean isList(byte[] head, int first) {
    int i = first + 1;
    while (i < head.length && isBlank(head[i])) {
      i++;
    }
    return i < head.length && head[i] == '{';
  }

  private static boolean isObject(byte[] head, int from, int to) {
    JsonCursor cursor = new JsonCursor();
    cursor.reset(head, from, to);
    JsonToken token = cursor.next();
    cursor.skip(token);
    return token == JsonToken.BEGIN_OBJECT && cursor.problem().isEmpty();
  }

  /* XML, and not the priority of a syslog header: <13>. */
  private static boolean isMarkup(byte[] head, int first) {
    int next = first + 1 < head.length ? head[first + 1] : 0;
    return next < '0' || next > '9';
  }

  /* Whether nothing but markup stands before it on its line. */
  private static boolean isAlone(byte[] head, int tag) {
    int lineStart = tag;
    while (lineStart > 0 && head[lineStart - 1] != '\n') {
      lineStart--;
    }
    while (lineStart < tag && isBlank(head[lineStart])) {
      lineStart++;
    }
    return head[lineStart] == '<' && isMarkup(head, lineStart);
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }
}
