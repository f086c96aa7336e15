package io.github.sweepwatch.read;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A format whose first letter says what a record does: {@code c 7} is a connection and {@code l 7}
 * a logon at 7 µs, {@code r why} a rejection, {@code #} a comment; the others misbehave.
 */
final class TinyProvider implements ParserProvider {
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");
  private static final IpAddress DESTINATION = IpAddress.parse("192.0.2.2");

  /** What the last parser was opened with. */
  @Nullable ParserContext context;

  static ParserCatalog catalog() {
    return ParserCatalog.of(List.of(new TinyProvider()));
  }

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public List<String> formats() {
    return List.of("letters and numbers");
  }

  @Override
  public int sniff(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return text.startsWith("#tiny\n") || text.contains("\n#tiny\n") ? 90 : 0;
  }

  @Override
  public LogParser open(ParserContext opened) {
    context = opened;
    return TinyProvider::parse;
  }

  private static void parse(RecordSlice record, EventSink sink) {
    String text = record.toString();
    String rest = text.substring(Math.min(2, text.length()));
    switch (text.charAt(0)) {
      case '#' -> {}
      case 'c' -> sink.connection(connection(Long.parseLong(rest)));
      case 'l' -> sink.logon(logon(Long.parseLong(rest)));
      case 'r' -> sink.reject(rest);
      case 't' -> throw new IllegalStateException(rest);
      case 'o' -> overflow(0);
      case 'm' -> throw new NoClassDefFoundError("gone/Missing");
      case 'n' -> sink.connection(nothing());
      case 'p' -> sink.logon(nothing());
      case 's' -> {
        swallow(() -> sink.connection(connection(Long.parseLong(rest))));
        swallow(() -> sink.connection(connection(0)));
        swallow(() -> sink.logon(logon(0)));
        swallow(() -> sink.reject("swallowed"));
      }
      default -> sink.reject("what is " + text + "?");
    }
  }

  static ConnectionEvent connection(long time) {
    return ConnectionEvent.builder()
        .timeMicros(time)
        .source(SOURCE)
        .destination(DESTINATION)
        .build();
  }

  private static LogonEvent logon(long time) {
    return new LogonEvent(time, SOURCE, null, null, null, "test", false, null);
  }

  private static void swallow(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      // What careless parsers do.
    }
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what careless parsers do
  private static <T> T nothing() {
    return null;
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static int overflow(int depth) {
    return overflow(depth + 1) + 1;
  }
}
