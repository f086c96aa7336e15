package io.github.sweepwatch.read;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.spi.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands between a parser and a handler: counts, and adds the line. Not thread-safe. */
final class CountingSink implements EventSink {
  private final String stream;
  private final List<Rejection> firstRejections = new ArrayList<>();
  private ReadHandler handler = (event, line) -> {};
  private long line;
  private long connections;
  private long logons;
  private long rejected;
  private @Nullable Throwable handlerFailure;

  // Between hold and release: whether an event came, and the reasons of rejections.
  private boolean holding;
  private boolean idle;
  private final List<String> held = new ArrayList<>();

  CountingSink(String stream) {
    this.stream = stream;
  }

  /** Says who is told of what follows. */
  void handler(ReadHandler to) {
    handler = to;
    handlerFailure = null;
    discard();
  }

  /** Says on which line the record starts that follows. */
  void line(long number) {
    line = number;
  }

  /**
   * Throws what the handler threw, if it did: a parser may have caught it on its way. The handler
   * hears no more of that record.
   */
  void rethrow() {
    if (handlerFailure instanceof Error error) {
      throw error;
    }
    if (handlerFailure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** From now on keeps rejections back, until they are released or discarded. */
  void hold() {
    holding = true;
    idle = true;
  }

  /** Whether no event came since {@link #hold}. */
  boolean isIdle() {
    return idle;
  }

  /** Hands on the rejections that were kept back. */
  void release() {
    holding = false;
    if (!held.isEmpty()) {
      List<String> reasons = List.copyOf(held);
      held.clear();
      reasons.forEach(this::reject);
    }
  }

  /** Forgets the rejections that were kept back. */
  void discard() {
    holding = false;
    held.clear();
  }

  ReadSummary summary(String parser, long lines, @Nullable String damage) {
    return new ReadSummary(
        stream, parser, lines, connections, logons, rejected, firstRejections, damage);
  }

  @Override
  public void startedAt(long number) {
    line = number;
  }

  @Override
  public void connection(ConnectionEvent event) {
    connection(event, line);
  }

  @Override
  public void connection(ConnectionEvent event, long eventLine) {
    rethrow();
    Objects.requireNonNull(event, "event");
    connections++;
    // What was held back says nothing of the record at hand.
    idle &= eventLine != line;
    try {
      handler.connection(event, eventLine);
    } catch (RuntimeException | Error e) {
      handlerFailure = e;
      throw e;
    }
  }

  @Override
  public void logon(LogonEvent event) {
    rethrow();
    Objects.requireNonNull(event, "event");
    logons++;
    idle = false;
    try {
      handler.logon(event, line);
    } catch (RuntimeException | Error e) {
      handlerFailure = e;
      throw e;
    }
  }

  @Override
  public void notice(NoticeEvent event) {
    rethrow();
    Objects.requireNonNull(event, "event");
    idle = false;
    try {
      handler.notice(event, line);
    } catch (RuntimeException | Error e) {
      handlerFailure = e;
      throw e;
    }
  }

  @Override
  public void reject(String reason) {
    rethrow();
    if (holding) {
      held.add(reason);
      return;
    }
    Rejection rejection = new Rejection(stream, line, reason);
    rejected++;
    if (firstRejections.size() < ReadSummary.MAX_REJECTIONS) {
      firstRejections.add(rejection);
    }
    try {
      handler.rejected(rejection);
    } catch (RuntimeException | Error e) {
      handlerFailure = e;
      throw e;
    }
  }
}
