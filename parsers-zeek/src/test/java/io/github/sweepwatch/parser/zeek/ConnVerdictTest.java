package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ConnVerdictTest {
  private static final String HEADER =
      "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\torig_bytes"
          + "\tresp_bytes\torig_pkts\tresp_pkts";

  /** A history of "none" is a log without that column; a type counts for ICMP only. */
  @ParameterizedTest
  @CsvFileSource(resources = "conn-states.tsv", delimiter = '\t', numLinesToSkip = 1)
  void recordHasTheVerdict(
      String proto,
      String type,
      String state,
      String history,
      String origBytes,
      String respBytes,
      String origPackets,
      String respPackets,
      Outcome outcome,
      Probe probe,
      boolean certain) {
    boolean shown = !history.equals("none");
    boolean version6 = proto.equals("icmp6");
    String row =
        String.join(
            "\t",
            "1",
            version6 ? "2001:db8::1" : "10.0.0.1",
            type,
            version6 ? "2001:db8::2" : "10.0.0.2",
            "0",
            version6 ? "icmp" : proto,
            state,
            origBytes,
            respBytes,
            origPackets,
            respPackets);
    ConnectionEvent event =
        Parsed.of(HEADER + (shown ? "\thistory" : ""), row + (shown ? "\t" + history : "")).event();
    assertEquals(outcome, event.outcome());
    assertEquals(probe, event.probe());
    assertEquals(certain, event.initiatorCertain());
  }
}
