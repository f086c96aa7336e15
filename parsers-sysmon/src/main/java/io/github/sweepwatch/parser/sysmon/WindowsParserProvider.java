package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows event logs: connections from Sysmon's event 3 and the filtering platform's 5156, 5157 and
 * 5152, logons from Security's 4624, 4625, 4648, 4768, 4771 and 4776 and Remote Desktop's 1149, 131
 * and 140. Other events are passed over.
 *
 * <p>The events may come as XML, as JSON of the usual collectors, as rendered text in English, each
 * also behind a syslog header, and as binary {@code .evtx} files. Of the latter the line of an
 * event is its record number.
 *
 * <p>Thread-safe; the parsers and framings it opens are not.
 */
public final class WindowsParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public WindowsParserProvider() {}

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public List<String> formats() {
    return List.of(
        "Windows events: Sysmon 3, Security 5156, 5157, 5152 and logons, RDP logons (XML)",
        "Windows events (JSON: NXLog, Winlogbeat, ECS, Logstash, Wazuh, evtx_dump, Azure)",
        "Windows events (rendered text: Splunk, wevtutil, Get-WinEvent)",
        "Windows events (.evtx)");
  }

  @Override
  public int sniff(byte[] head) {
    return WindowsSniffer.score(head);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return WindowsSniffer.isEvent(record.bytes(), record.from(), record.to());
  }

  @Override
  public @Nullable RecordFraming framing(byte[] head) {
    return WindowsSniffer.framing(head);
  }

  @Override
  public LogParser open(ParserContext context) {
    return new WindowsLogParser(context.zone());
  }
}
