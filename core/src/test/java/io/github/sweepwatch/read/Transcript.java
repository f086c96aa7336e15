package io.github.sweepwatch.read;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it is told, in order. */
final class Transcript implements ReadHandler {
  final List<String> entries = new ArrayList<>();

  @Override
  public void connection(ConnectionEvent event, long line) {
    entries.add(line + " connection " + event.timeMicros());
  }

  @Override
  public void logon(LogonEvent event, long line) {
    entries.add(line + " logon " + event.timeMicros());
  }

  @Override
  public void rejected(Rejection rejection) {
    entries.add(rejection.line() + " rejected " + rejection.reason());
  }
}
