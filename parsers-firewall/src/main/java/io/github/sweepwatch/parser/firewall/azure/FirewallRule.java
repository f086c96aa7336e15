package io.github.sweepwatch.parser.firewall.azure;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the event of a rule record of Azure Firewall, from members of their own or from the older
 * message, {@code TCP request from 10.0.0.4:52000 to 10.1.0.4:443. Action: Allow.}. Requests to
 * names rather than addresses are passed over. Not thread-safe.
 */
final class FirewallRule {
  private static final String FROM = " request from ";
  private static final String TO = " to ";
  private static final String ACTION = "Action: ";
  private static final String ICMP_TYPE = "Type=";

  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final Fields message = new Fields();
  private final Stamps stamps;

  FirewallRule(ParserContext context) {
    stamps = new Stamps(context);
  }

  void decode(Fields rule, EventSink sink) {
    long micros = stamps.read(rule, Field.TIME);
    Fields fields = rule;
    if (rule.has(Field.MESSAGE) && !rule.has(Field.SOURCE)) {
      readMessage(rule.bytes(), rule.from(Field.MESSAGE), rule.to(Field.MESSAGE));
      fields = message;
    }
    if (!fields.has(Field.SOURCE)
        || !fields.has(Field.DESTINATION)
        || isName(fields, Field.DESTINATION)) {
      return;
    }
    @Nullable String problem = decoder.decode(fields);
    if (problem == null && micros < 0) {
      problem = ConnectionDecoder.problem(rule, Field.TIME, "time", "time");
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    Outcome outcome = Dispositions.outcome(fields, Field.ACTION);
    sink.connection(decoder.event().timeMicros(micros).outcome(outcome).build());
  }

  private void readMessage(byte[] bytes, int from, int to) {
    message.start(bytes, from, to);
    int request = Text.find(bytes, from, to, FROM);
    if (request < 0) {
      return;
    }
    int protocolEnd = Text.find(bytes, from, request, ' ');
    message.put(Field.PROTOCOL, from, protocolEnd);
    int type = Text.find(bytes, protocolEnd, request, ICMP_TYPE);
    if (type >= 0) {
      message.put(Field.ICMP_TYPE, type + ICMP_TYPE.length(), request);
    }
    int source = request + FROM.length();
    int sourceEnd = Text.find(bytes, source, to, ' ');
    int destination = Text.find(bytes, sourceEnd, to, TO);
    if (destination < 0) {
      return;
    }
    destination += TO.length();
    int destinationEnd = Text.find(bytes, destination, to, ' ');
    if (destinationEnd > destination && bytes[destinationEnd - 1] == '.') {
      destinationEnd--;
    }
    endpoint(bytes, source, sourceEnd, Field.SOURCE, Field.SOURCE_PORT);
    endpoint(bytes, destination, destinationEnd, Field.DESTINATION, Field.DESTINATION_PORT);
    int action = Text.find(bytes, destinationEnd, to, ACTION);
    if (action >= 0) {
      action += ACTION.length();
      message.put(Field.ACTION, action, Text.find(bytes, action, to, '.'));
    }
  }

  /* ICMP has no port, and mostly no colon either. */
  private void endpoint(byte[] bytes, int from, int to, Field address, Field port) {
    int colon = to - 1;
    while (colon > from && bytes[colon] != ':') {
      colon--;
    }
    if (colon > from) {
      message.put(address, from, colon);
      message.put(port, colon + 1, to);
    } else {
      message.put(address, from, to);
    }
  }

  /* A host's name rather than an address: letters, and no colon. */
  private static boolean isName(Fields fields, Field field) {
    boolean letters = false;
    for (int i = fields.from(field); i < fields.to(field); i++) {
      int letter = fields.bytes()[i] | 0x20;
      letters |= letter >= 'a' && letter <= 'z';
      if (fields.bytes()[i] == ':') {
        return false;
      }
    }
    return letters;
  }
}
