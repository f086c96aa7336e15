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
      return List.of("0 lines", "damaged");
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

  /** The same from the reader under test. */
  static List<String> actual(InputStream in, int maxRecordBytes, int bufferBytes) {
    RecordReader reader =
        new RecordReader(new ContentStream(new CountedInput(in)), maxRecordBytes, bufferBytes);
    RecordSlice slice = new RecordSlice();
    List<String> result = new ArrayList<>();
    for (RecordReader.Next next = reader.next(slice);
        next != RecordReader.Next.END;
        next = reader.next(slice)) {
      if (next == RecordReader.Next.TOO_LONG) {
        result.add(reader.lines() + " is too long");
      } else {
        String line =
            new String(slice.bytes(), slice.from(), slice.length(), StandardCharsets.ISO_8859_1);
        result.add(slice.line() + ":" + line);
      }
    }
    result.add(reader.lines() + " lines");
    if (reader.failure() != null) {
      result.add("damaged");
    }
    return result;
  }
}
