package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {
  @TempDir private Path folder;

  private static String written(Consumer<EventJson> writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ResultStream out = new ResultStream("test", bytes);
        EventJson json = new EventJson(out)) {
      writing.accept(json);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesAllThatARecordGives() {
    ConnectionEvent event =
        ConnectionEvent.builder()
            .timeMicros(1_795_486_073_310_999L)
            .source(IpAddress.parse("203.0.113.7"))
            .sourcePort(0)
            .destination(IpAddress.parse("2001:db8::1"))
            .destinationPort(65535)
            .protocol(58)
            .icmp(8, 0)
            .outcome(Outcome.NO_REPLY)
            .initiatorCertain(false)
            .bytes(1, 2)
            .packets(3, 4)
            .count(5)
            .sensor("a\"b\n")
            .host("pc")
            .user("Jörg")
            .image("C:\\x.exe")
            .build();
    assertEquals(
        "{\"file\":\"a b.log\",\"line\":7,\"kind\":\"connection\",\"ts_ms\":1795486073310,"
            + "\"src_ip\":\"203.0.113.7\",\"src_port\":0,\"dst_ip\":\"2001:db8::1\","
            + "\"dst_port\":65535,\"proto\":\"ipv6-icmp\",\"proto_num\":58,"
            + "\"outcome\":\"no_reply\",\"initiator\":\"unknown\",\"icmp_type\":8,\"icmp_code\":0,"
            + "\"src_bytes\":1,\"dst_bytes\":2,\"src_pkts\":3,\"dst_pkts\":4,\"count\":5,"
            + "\"sensor\":\"a\\\"b\\n\",\"host\":\"pc\",\"user\":\"J\\u00F6rg\","
            + "\"image\":\"C:\\\\x.exe\"}\n",
        written(json -> json.connection("a b.log", 7, event)));
  }

  @Test
  void leavesOutWhatIsNotGiven() {
    ConnectionEvent event =
        ConnectionEvent.builder()
            .timeMicros(999)
            .source(IpAddress.parse("203.0.113.7"))
            .destination(IpAddress.parse("10.0.0.1"))
            .build();
    assertEquals(
        "{\"file\":\"-\",\"line\":1,\"kind\":\"connection\",\"ts_ms\":0,\"src_ip\":\"203.0.113.7\","
            + "\"dst_ip\":\"10.0.0.1\",\"outcome\":\"unknown\",\"initiator\":\"certain\","
            + "\"count\":1}\n",
        written(json -> json.connection("-", 1, event)));
  }

  @Test
  void writesLogons() {
    LogonEvent event =
        new LogonEvent(
            5_000,
            IpAddress.parse("203.0.113.7"),
            IpAddress.parse("10.0.0.1"),
            "dc1",
            "admin",
            "rdp",
            false,
            null);
    assertEquals(
        "{\"file\":\"-\",\"line\":2,\"kind\":\"logon\",\"ts_ms\":5,\"src_ip\":\"203.0.113.7\","
            + "\"dst_ip\":\"10.0.0.1\",\"host\":\"dc1\",\"user\":\"admin\",\"method\":\"rdp\","
            + "\"success\":false}\n",
        written(json -> json.logon("-", 2, event)));
  }

  @Test
  void namesTheFileAsGivenAndTheLine() {
    CommandRun run = CommandRun.withInput(ZeekText.sweep(2), "parse", "-");
    assertEquals(2, run.outLines().size());
    assertTrue(run.out().startsWith("{\"file\":\"-\",\"line\":7,\"kind\":\"connection\","));
    assertTrue(run.outLines().get(1).contains("\"line\":8,"), run.out());
    assertTrue(
        run.out().contains("\"proto\":\"tcp\",\"proto_num\":6,\"outcome\":\"refused\""), run.out());
    assertEquals("", run.err());
  }

  @Test
  void rejectedRecordsGoToAFile() throws IOException {
    Path rejects = folder.resolve("rejects.jsonl");
    CommandRun run =
        CommandRun.withInput(
            ZeekText.HEADER + "bad\n", "parse", "--rejects", rejects.toString(), "-");
    assertEquals("", run.err());
    assertEquals(ExitCode.OK, run.code());
    String line = Files.readString(rejects);
    assertTrue(line.startsWith("{\"file\":\"-\",\"line\":7,\"reason\":\""), line);
    assertTrue(line.endsWith("\"}\n"), line);
  }

  @Test
  void rejectsDoNotOverwriteAnInput() throws IOException {
    Path log = Files.writeString(folder.resolve("conn.log"), ZeekText.sweep(1));
    String detour = folder.resolve("./conn.log").toString();
    CommandRun run = CommandRun.of("parse", "--rejects", detour, log.toString());
    assertEquals(ExitCode.USAGE, run.code());
    assertEquals(ZeekText.sweep(1), Files.readString(log));
  }

  @Test
  void rejectsThatCannotBeWrittenAreOneLine() {
    String nowhere = folder.resolve("no/such/folder").toString();
    CommandRun run = CommandRun.withInput(ZeekText.sweep(1), "parse", "--rejects", nowhere, "-");
    assertEquals(nowhere + ": cannot be written: no such file\n", run.err());
    assertEquals(ExitCode.INPUT, run.code());
  }
}
