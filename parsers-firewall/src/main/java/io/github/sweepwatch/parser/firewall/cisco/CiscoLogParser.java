package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.SyslogHeader;
import org.jspecify.annotations.Nullable;

/** Finds what message a line is and hands it to its reader. Not thread-safe. */
final class CiscoLogParser implements LogParser {
  private final SyslogHeader header;
  private final Mnemonic mnemonic = new Mnemonic();
  private final MessageText text = new MessageText();
  private final CiscoEvent event = new CiscoEvent();
  private final DenyMessage denials = new DenyMessage(text, event);
  private final SessionMessage sessions = new SessionMessage(text, event);
  private final AccessListMessage accessLists = new AccessListMessage(text, event);
  private final ZoneFirewallMessage zoneFirewall = new ZoneFirewallMessage(text, event);
  private final ConnectionMessage connections;
  private final Names names = new Names();

  CiscoLogParser(ParserContext context) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
    connections = new ConnectionMessage(context);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    int payload = header.parse(bytes, line.from(), to);
    if (!mnemonic.find(bytes, payload, to)) {
      return;
    }
    int number = mnemonic.number();
    int from = mnemonic.end();
    text.start(bytes, from, to);
    if (!isConnection(number)) {
      return;
    }
    long micros = header.latestTimeMicros();
    String sensor = sensor(bytes);
    if (ConnectionMessage.isOne(number)) {
      String problem = connections.read(number, bytes, from, to, micros, sensor, line.line(), sink);
      if (problem != null) {
        sink.reject(problem);
      }
      return;
    }
    if (micros < 0) {
      sink.reject("no time in the record, nor in one before it");
      return;
    }
    event.clear();
    String problem;
    if (number == Mnemonic.ZONE_FIREWALL) {
      problem = zoneFirewall.read(micros, sensor, line.line(), sink);
    } else if (SessionMessage.isOne(number)) {
      problem = sessions.read(number, micros, sensor, line.line(), sink);
    } else {
      problem = number == Mnemonic.ACCESS_LIST ? accessLists.read() : denials.read(number);
      if (problem == null) {
        sink.connection(event.build(micros, sensor));
      }
    }
    if (problem != null) {
      sink.reject(problem + Excerpt.of(bytes, text.wordFrom(), text.wordTo()));
    }
  }

  @Override
  public void finish(EventSink sink) {
    sessions.finish(sink);
    connections.finish(sink);
    zoneFirewall.finish(sink);
  }

  private boolean isConnection(int number) {
    return switch (number) {
      case Mnemonic.ACCESS_LIST -> accessLists.isConnection();
      case Mnemonic.ZONE_FIREWALL -> zoneFirewall.isConnection();
      default ->
          SessionMessage.isOne(number)
              || DenyMessage.isOne(number)
              || ConnectionMessage.isOne(number);
    };
  }

  private @Nullable String sensor(byte[] bytes) {
    return header.hostFrom() < header.hostTo()
        ? names.of(bytes, header.hostFrom(), header.hostTo())
        : null;
  }
}
