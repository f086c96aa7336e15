package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.ScanAlert;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertReaderTest {
  private static final String GOOD =
      "{\"schema\":1,\"id\":\"00ff00ff00ff00ff\",\"seq\":1,\"state\":\"opened\",\"type\":\"vertical\","
          + "\"sources\":[\"192.0.2.7\"],\"first_seen\":1.5,\"last_seen\":2.000001,"
          + "\"connections\":30,\"confidence\":80,\"reasons\":[],"
          + "\"protocols\":[\"tcp\",\"253\"],\"ports\":{\"ranges\":[\"1-9\"]}}";

  /** What a reader said of a stream. */
  private record Heard(List<ScanAlert> alerts, List<String> rejections)
      implements AlertReader.Handler {
    static Heard of(InputStream in) throws IOException {
      Heard heard = new Heard(new ArrayList<>(), new ArrayList<>());
      AlertReader.read(in, heard);
      return heard;
    }

    static Heard of(String text) throws IOException {
      return of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void alert(ScanAlert alert) {
      alerts.add(alert);
    }

    @Override
    public void rejected(long line, String reason) {
      rejections.add(line + ": " + reason);
    }
  }

  @Test
  void readsLinesAndPassesOverWhatIsNew() throws IOException {
    String newer = GOOD.replace("\"seq\":1", "\"explain\":{\"a\":[1,{}]},\"seq\":2");
    Heard heard = Heard.of("\n" + GOOD + "\r\n" + newer);
    assertEquals(List.of(), heard.rejections());
    assertEquals(2, heard.alerts().size());
    assertEquals(2_000_001, heard.alerts().get(0).lastSeenMicros());
    assertEquals(2, heard.alerts().get(1).seq());
    assertEquals(List.of(6, 253), heard.alerts().get(1).protocols());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"schema\":1            | \"schema\":2           | schema: 2 is not understood",
        "\"seq\":1,              | ''                     | without seq",
        "\"seq\":1               | \"seq\":-1             | seq: negative",
        "\"seq\":1               | \"seq\":99999999999999999999 | out of range of long",
        "\"seq\":1               | \"seq\":\"1\"          | seq: not a whole number",
        "\"seq\":1               | \"seq\":1,\"seq\":2    | Duplicate field 'seq'",
        "vertical                | diagonal               | type: unknown: 'diagonal'",
        "00ff00ff00ff00ff        | 00ff;drop              | id: not 16 hexadecimal digits",
        "[\"192.0.2.7\"]         | [\"10.0.0.0/8\"]       | not an IP address: '10.0.0.0/8'",
        "[\"192.0.2.7\"]         | \"192.0.2.7\"          | sources: not a list",
        "[\"192.0.2.7\"]         | [7]                    | sources: not a text",
        "1-9                     | 9-1                    | no range of ports: 9 to 1",
        "1-9                     | 1:9                    | no range of ports: '1:9'",
        "\"seq\":1               | \"seq\":1,\"source_network\":\"x/64\" | not an IP address: 'x'",
        "\"253\"                 | \"256\"                | no IP protocol: 256",
        "\"253\"                 | \"-1\"                 | protocols: unknown: '-1'",
        "\"253\"                 | \"tcpp\"               | protocols: unknown: 'tcpp'",
        "\"253\"                 | 253                    | protocols: not a text",
        "2.000001                | -2                     | last_seen: no time between",
        "2.000001                | 1e15                   | last_seen: no time between",
        "2.000001                | 1e999999999            | last_seen: too large",
        "2.000001                | 1e-999999999           | last_seen: too large",
        "2.000001                | NaN                    | no valid JSON",
        "\"confidence\":80       | \"confidence\":101     | confidence not 0 to 100",
        "\"reasons\":[]          | \"reasons\":[1]        | reasons: not a list of objects",
        "}}                      | }}}                    | no valid JSON",
        "}}                      | }}{}                   | something follows",
        "}}                      | }                      | no valid JSON",
        "{\"schema\"             | [\"schema\"            | no JSON object"
      })
  void aBadLineIsOneReasonAndStopsNothing(String old, String young, String reason)
      throws IOException {
    String bad = GOOD.replace(old.trim(), young.trim());
    Heard heard = Heard.of(GOOD + "\n" + bad + "\n" + GOOD + "\n");
    assertEquals(2, heard.alerts().size());
    assertEquals(1, heard.rejections().size());
    String said = heard.rejections().get(0);
    assertTrue(said.startsWith("2: ") && said.contains(reason), said);
    assertTrue(said.length() < 300, said);
  }

  @Test
  void nestedTooDeepIsRejected() throws IOException {
    String deep = GOOD.replace("\"seq\"", "\"x\":" + "[".repeat(5000) + ",\"seq\"");
    Heard heard = Heard.of(deep + "\n" + GOOD);
    assertEquals(1, heard.alerts().size());
    assertTrue(heard.rejections().get(0).startsWith("1: no valid JSON"));
  }

  @Test
  void aLineWithoutEndIsCutShort() throws IOException {
    // 30 megabytes on one line, then a good one.
    InputStream endless =
        new InputStream() {
          private long left = 30_000_000L;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : left == -1 ? '\n' : -1;
          }

          @Override
          public int read(byte[] bytes, int from, int length) {
            if (left > length) {
              left -= length;
              java.util.Arrays.fill(bytes, from, from + length, (byte) 'x');
              return length;
            }
            int value = read();
            if (value < 0) {
              return -1;
            }
            bytes[from] = (byte) value;
            return 1;
          }
        };
    InputStream both =
        new java.io.SequenceInputStream(
            endless, new ByteArrayInputStream(GOOD.getBytes(StandardCharsets.UTF_8)));
    Heard heard = Heard.of(both);
    assertEquals(List.of("1: longer than 1048576 bytes"), heard.rejections());
    assertEquals(1, heard.alerts().size());
  }

  @Test
  void authorisedCountsWithoutSayingByWhat() throws IOException {
    Heard heard = Heard.of(GOOD.replace("\"seq\":1", "\"seq\":1,\"authorised\":true"));
    assertTrue(heard.alerts().get(0).authorised());
  }
}
