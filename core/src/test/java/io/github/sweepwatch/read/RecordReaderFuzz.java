package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

class RecordReaderFuzz {
  @FuzzTest(maxDuration = "30s")
  void agreesWithTheModel(FuzzedDataProvider data) {
    int maxRecordBytes = data.consumeInt(1, 200);
    int bufferBytes = data.consumeInt(4, 100);
    int most = data.consumeInt(1, 64);
    byte[] content = data.consumeRemainingAsBytes();
    List<String> actual =
        LineModel.actual(
            new ChunkedStream(content, most, content.length), maxRecordBytes, bufferBytes);
    if (content.length >= 2 && content[0] == 0x1f && content[1] == (byte) 0x8b) {
      // Gzip, most likely broken: it ends, and counts what it handed on.
      assertTrue(actual.stream().anyMatch(line -> line.endsWith(" lines")));
    } else {
      assertEquals(LineModel.expected(content, maxRecordBytes), actual);
    }
  }
}
