package io.github.sweepwatch.parser.firewall.azure;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.Columns;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Makes the event of one tuple. Security groups write {@code
 * time,source,destination,port,port,T|U,I|O,A|D} and from version 2 on {@code
 * ,B|C|E,packets,bytes,packets,bytes}; virtual networks {@code
 * time,source,destination,port,port,protocol,I|O,B|C|E|D,encryption,packets,bytes,packets,bytes}.
 *
 * <p>A flow has a tuple when it begins, some while it lasts and one when it ends, and each of its
 * two ends may log it: they are one event. Not thread-safe.
 */
final class FlowTuple {
  private static final int FEWEST = 8;
  private static final int MOST = 13;
  private static final int PROTOCOL = 5;
  private static final int DECISION = 7;
  private static final int STATE = 8;
  private static final int COUNTS = 9;
  // How long after its beginning a flow may still be told of.
  private static final long LASTING_MICROS = 24 * 3_600_000_000L;
  // Within this time the other end has logged the same flow.
  private static final long OTHER_END_MICROS = 90_000_000;

  private final Columns columns = new Columns(MOST);
  private final Fields fields = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final SeenSessions seen = new SeenSessions(LASTING_MICROS);
  private final Names names = new Names();
  private final Stamps stamps;
  private @Nullable String sensor;

  FlowTuple(ParserContext context) {
    stamps = new Stamps(context);
  }

  /** Takes note of the interface that the tuples after it are from. */
  void sensor(byte[] bytes, int from, int to) {
    sensor = names.of(bytes, from, to);
  }

  void decode(byte[] bytes, int from, int to, EventSink sink) {
    columns.split(bytes, from, to, ',');
    if (columns.count() < FEWEST) {
      sink.reject("a flow tuple of " + columns.count() + " parts: " + Excerpt.of(bytes, from, to));
      return;
    }
    fields.start(bytes, from, to);
    put(Field.TIME, 0);
    put(Field.SOURCE, 1);
    put(Field.DESTINATION, 2);
    put(Field.SOURCE_PORT, 3);
    put(Field.DESTINATION_PORT, 4);
    int letter = letter(bytes, PROTOCOL);
    boolean group = letter == 'T' || letter == 'U';
    if (!group) {
      put(Field.PROTOCOL, PROTOCOL);
    }
    if (columns.count() == MOST) {
      put(Field.SOURCE_PACKETS, COUNTS);
      put(Field.SOURCE_BYTES, COUNTS + 1);
      put(Field.DESTINATION_PACKETS, COUNTS + 2);
      put(Field.DESTINATION_BYTES, COUNTS + 3);
    }
    if (group) {
      fields.putText(Field.PROTOCOL, letter == 'T' ? "6" : "17");
    }
    String problem = decoder.decode(fields);
    if (problem == null && decoder.protocol() == Protocol.UNKNOWN) {
      problem = ConnectionDecoder.problem(fields, Field.PROTOCOL, "protocol", "protocol");
    }
    long micros = stamps.read(fields, Field.TIME);
    if (problem == null && micros < 0) {
      problem = ConnectionDecoder.problem(fields, Field.TIME, "time", "time");
    }
    if (problem != null) {
      sink.reject(problem);
      return;
    }
    int decision = letter(bytes, DECISION);
    int state = group && columns.count() > STATE ? letter(bytes, STATE) : decision;
    if (decision != 'D' && isKnown(state, micros)) {
      return;
    }
    sink.connection(
        decoder
            .event()
            .timeMicros(micros)
            .outcome(outcome(decision, state))
            .sensor(sensor)
            .build());
  }

  private boolean isKnown(int state, long micros) {
    long last = seen.lastSeen(decoder, 0);
    boolean goesOn = state == 'C' || state == 'E';
    boolean known =
        last >= 0 && Math.abs(micros - last) <= (goesOn ? LASTING_MICROS : OTHER_END_MICROS);
    seen.add(decoder, 0, micros);
    return known;
  }

  private Outcome outcome(int decision, int state) {
    if (decision == 'D') {
      return Outcome.BLOCKED;
    }
    long received = ConnectionDecoder.number(fields, Field.DESTINATION_PACKETS);
    if (received > 0) {
      return Outcome.ESTABLISHED;
    }
    return received == 0 && state == 'E' ? Outcome.NO_REPLY : Outcome.UNKNOWN;
  }

  private void put(Field field, int column) {
    fields.put(field, columns.from(column), columns.to(column));
  }

  /* A column of one letter, or 0. */
  private int letter(byte[] bytes, int column) {
    return columns.to(column) - columns.from(column) == 1 ? bytes[columns.from(column)] : 0;
  }
}
