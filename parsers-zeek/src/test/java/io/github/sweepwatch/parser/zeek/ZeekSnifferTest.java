package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeekSnifferTest {
  private static int score(String head) {
    return new ZeekParserProvider().sniff(head.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#separator \\x09\n#set_separator\t,\n",
        "\ufeff#separator \\x09\r\n",
        "\t#separator \\x09\n",
        "### BTest baseline\n#separator \\x09\n",
        "#fields\tts\tuid\tid.orig_h",
        "{\"ts\":1,\"uid\":\"C\",\"id.orig_h\":\"1.1.1.1\",\"id.resp_h\":\"1\"}\n#separator |\n"
      })
  void fullHeaderIsCertain(String head) {
    assertEquals(100, score(head));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"uid\":\"C\",\"id.orig_h\":\"1.1.1.1\",\"id.resp_h\":\"2.2.2.2\"}\n",
        "{\"conn_state\":\"S0\",\"id_orig_h\":\"1.1.1.1\",\"id_resp_h\":\"2.2.2.2\"}\r\n{}",
        "{\"uid\":\"C\",\"id\":{\"orig_h\":\"1.1.1.1\",\"resp_h\":\"2.2.2.2\"},\"x\":[1,{}]}",
        "{\"x\":{\"id\":1},\"uid\":\"C\",\"src_ip\":\"1.1.1.1\",\"dst_ip\":\"2.2.2.2\",\"pro",
        "no header\n  {\"uid\":\"C\",\"src\":\"1.1.1.1\",\"dst\":\"2.2.2.2\"}\n",
      })
  void jsonIsLikely(String head) {
    assertEquals(90, score(head));
  }

  @Test
  void bareHeaderIsPlausible() {
    assertEquals(80, score("ts\tuid\tid.orig_h\tid.orig_p\n"));
    assertEquals(80, score("src\tdst\tproto\n1\t2\t3\n"));
  }

  @Test
  void othersHaveColumnsOfTimeToo() {
    assertEquals(20, score("ts,te,td,sa,da,sp,dp,pr\n"));
  }

  @Test
  void endpointsInAnotherObjectAreThatObjects() {
    String record = "{\"uid\":\"C\",\"id.orig_h\":\"192.0.2.1\",\"id.resp_h\":\"192.0.2.2\"}";
    assertTrue(claims(record));
    assertTrue(claims("{\"id\":{\"orig_h\":\"192.0.2.1\"}}"));
    assertTrue(claims(record.substring(0, record.length() - 1)));
    assertFalse(claims("{\"zeek\":" + record + ",\"tags\":[]}"));
  }

  private static boolean claims(String record) {
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    return new ZeekParserProvider().claims(new RecordSlice().at(bytes, 0, bytes.length, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "# a comment\n",
        "#fields\tdate\ttime\n",
        "Nov 14 22:13:20 host sshd[1]: Failed password\n",
        "{\"id.orig_h\":\"1.1.1.1\",\"id.resp_h\":\"2.2.2.2\"}\n",
        "{\"uid\":\"C\",\"id\":{\"orig_h\":\"1.1.1.1\"}}\n",
        "{\"uid\":\"C\",\"orig_h\":\"1.1.1.1\",\"resp_h\":\"2.2.2.2\"}\n",
        "{\"id\":{\"orig_h\":\"1.1.1.1\",\"resp_h\":\"2.2.2.2\",\"uid\":\"C\"}}\n",
        "{\"uid\":\"C\",\"src\":\"1.1.1.1\",",
        "{}"
      })
  void otherTextIsNone(String head) {
    assertEquals(0, score(head));
  }
}
