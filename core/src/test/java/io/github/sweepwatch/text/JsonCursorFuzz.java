package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

class JsonCursorFuzz {
  private static final Pattern SURROGATE = Pattern.compile("\\\\u[dD][89a-fA-F]");

  /** On valid UTF-8 the cursor and jackson-core agree, short of the cursor's limit of depth. */
  @FuzzTest(maxDuration = "30s")
  void agreesWithJackson(byte[] text) {
    List<String> actual = JsonTrace.ofCursor(text);
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      // jackson-core skips a byte order mark, takes other encodings for what they are, goes deeper,
      // and rejects half a surrogate pair in names, which RFC 8259 allows (section 8.2).
      if (decoded.indexOf('\ufeff') < 0
          && decoded.indexOf('\0') < 0
          && depth(text) <= 64
          && !SURROGATE.matcher(decoded).find()) {
        assertEquals(JsonTrace.ofJackson(text), actual);
      }
    } catch (CharacterCodingException e) {
      // Names in logs are often no UTF-8; the cursor is lenient there on purpose.
      return;
    }
  }

  private static int depth(byte[] text) {
    int depth = 0;
    for (byte b : text) {
      depth += b == '[' || b == '{' ? 1 : 0;
    }
    return depth;
  }
}
