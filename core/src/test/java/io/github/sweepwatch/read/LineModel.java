package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.RecordSlice;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a text's lines are, the slow and simple way, in a form that shows everything. */
final class LineModel {
  private LineModel() {}

  /** Each line that is handed on as {@code number:content}, then the number of lines. */
  static List<String> expected(byte[] content, int maxRecordBytes) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    List<String> result = new ArrayList<>();
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      text = text.substring(3);
    } else if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
      text = decoded(content, text.charAt(0) == '\u00ff');
    }
    String[] lines = text.split("\n", -1);
    int count = lines[lines.length - 1].isEmpty() ? lines.length - 1 : lines.length;
    for (int i = 0; i < count; i++) {
      String line =
          lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
      if (line.length() > maxRecordBytes) {
        result.add((i + 1) + " is too long");
      } else if (!line.matches("[ \t\r]*")) {
        result.add((i + 1) + ":" + line);
      }
    }
    result.add(count + " lines");
    return result;
  }

  /** UTF-16 after its mark as UTF-8, a character a byte. */
  private static String decoded(byte[] content, boolean littleEndian) {
    StringBuilder text = new StringBuilder();
    for (int i = 2; i + 1 < content.length; i += 2) {
      int first = content[i] & 0xff;
      int second = content[i + 1] & 0xff;
      text.append((char) (littleEndian ? second << 8 | first : first << 8 | second));
    }
    boolean half = content.length % 2 != 0;
    if (half && (text.isEmpty() || !Character.isHighSurrogate(text.charAt(text.length() - 1)))) {
      text.append('\ufffd');
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.charCount(text.codePointAt(i)) == 2) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        text.setCharAt(i, '\ufffd');
      }
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }

  /** The same from the reader under test. */
  static List<String> actual(InputStream in, int maxRecordBytes, int bufferBytes) {
    RecordReader reader =
        new RecordReader(new ContentStream(new CountedInput(in)), maxRecordBytes, bufferBytes);
    RecordSlice slice = new RecordSlice();
    List<String> result = new ArrayList<>();
    for (RecordSource.Next next = reader.next(slice);
        next != RecordSource.Next.END;
        next = reader.next(slice)) {
      if (next == RecordSource.Next.UNUSABLE) {
        result.add(reader.count() + " is too long");
      } else {
        String line =
            new String(slice.bytes(), slice.from(), slice.length(), StandardCharsets.ISO_8859_1);
        result.add(slice.line() + ":" + line);
      }
    }
    result.add(reader.count() + " lines");
    if (reader.failure() != null) {
      result.add("damaged");
    }
    return result;
  }
}
