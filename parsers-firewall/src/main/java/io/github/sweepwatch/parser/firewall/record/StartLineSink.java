package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Hands connections on with the line on which their record starts. Not thread-safe. */
final class StartLineSink implements EventSink {
  private @Nullable EventSink target;
  private long line;

  /** The same sink, for a record. */
  StartLineSink of(EventSink sink, long startLine) {
    target = sink;
    line = startLine;
    return this;
  }

  @Override
  public void connection(ConnectionEvent event) {
    target().connection(event, line);
  }

  @Override
  public void logon(LogonEvent event) {
    target().logon(event);
  }

  @Override
  public void reject(String reason) {
    target().reject(reason);
  }

  private EventSink target() {
    return Objects.requireNonNull(target);
  }
}
