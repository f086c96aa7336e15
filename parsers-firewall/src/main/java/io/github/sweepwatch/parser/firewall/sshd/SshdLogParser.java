package io.github.sweepwatch.parser.firewall.sshd;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.SyslogHeader;
import org.jspecify.annotations.Nullable;

/** Parses lines of syslog and objects of the journal. Not thread-safe. */
final class SshdLogParser implements LogParser, JsonObjects.Parser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.MESSAGE, "message", "event.original", "full_log", "_raw", "log")
          .put(Field.MESSAGE, "SyslogMessage", "short_message")
          .put(Field.START, "_source_realtime_timestamp", "__realtime_timestamp")
          .put(Field.TIME, "@timestamp", "timestamp", "TimeGenerated", "EventTime")
          .put(Field.SENSOR, "_hostname", "host.hostname", "host.name", "hostname", "host")
          .put(Field.SENSOR, "predecoder.hostname", "Computer", "agent.name")
          .build();

  private final SyslogHeader header;
  private final LogonMessage message = new LogonMessage();
  private final JsonMembers members = new JsonMembers(NAMES);
  private final Fields fields = new Fields();
  private final Stamps stamps;
  private final JsonObjects json = new JsonObjects(this);
  private final Names names = new Names();

  SshdLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
    stamps = new Stamps(context);
  }

  /** Whether a line tells of an attempt to log on, and which daemon says so. */
  static boolean isLogon(byte[] bytes, int from, int to) {
    return (Text.find(bytes, from, to, "sshd") >= 0 || Text.find(bytes, from, to, "dropbear") >= 0)
        && LogonMessage.find(bytes, from, to) >= 0;
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    if (json.isPending() || bytes[from] == '{') {
      json.parse(line, sink);
      return;
    }
    header.parse(bytes, from, to);
    if (isLogon(bytes, from, to)) {
      logon(bytes, from, to, header.latestTimeMicros(), host(bytes), sink);
    }
  }

  @Override
  public void finish(EventSink sink) {
    json.finish(sink);
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    if (!members.read(bytes, from, to, fields)) {
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (!fields.has(Field.MESSAGE) || !isLogon(bytes, from, to)) {
      return JsonObjects.Found.OTHER;
    }
    long micros = stamps.read(fields, Field.START);
    if (micros < 0) {
      micros = stamps.read(fields, Field.TIME);
    }
    byte[] text = fields.bytes();
    int textFrom = fields.from(Field.MESSAGE);
    int textTo = fields.to(Field.MESSAGE);
    String host =
        fields.has(Field.SENSOR)
            ? names.of(text, fields.from(Field.SENSOR), fields.to(Field.SENSOR))
            : null;
    if (micros < 0) {
      // A shipper may carry the whole line.
      header.parse(text, textFrom, textTo);
      micros = header.latestTimeMicros();
      host = host == null ? host(text) : host;
    }
    logon(text, textFrom, textTo, micros, host, sink);
    return JsonObjects.Found.RECORD;
  }

  @Override
  public String problem() {
    return members.problem();
  }

  private @Nullable String host(byte[] bytes) {
    return header.hostFrom() < header.hostTo()
        ? names.of(bytes, header.hostFrom(), header.hostTo())
        : null;
  }

  private void logon(
      byte[] bytes, int from, int to, long micros, @Nullable String host, EventSink sink) {
    if (LogonMessage.find(bytes, from, to) < 0) {
      return;
    }
    String problem = message.read(bytes, from, to);
    if (problem == null && micros < 0) {
      problem = "no time in the record, nor in one before it";
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    String account =
        message.accountFrom() < message.accountTo()
            ? names.of(bytes, message.accountFrom(), message.accountTo())
            : null;
    IpAddress source = message.source();
    sink.logon(
        new LogonEvent(micros, source, null, host, account, "ssh", message.succeeded(), null));
  }
}
