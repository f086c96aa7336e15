package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.output.AlertEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Alerts as an encoder writes them, each at once.
 *
 * @param encoder the format
 * @param out where they go
 * @param live whether somebody waits for each alert
 */
record EncodedAlerts(AlertEncoder encoder, ResultStream out, boolean live) implements AlertOutput {
  @Override
  public void begin() {
    write(() -> encoder.begin(out));
  }

  @Override
  public void alert(ScanAlert alert) {
    write(() -> encoder.encode(alert, out));
  }

  @Override
  public void end() {}

  private interface Writing {
    void run() throws IOException;
  }

  private void write(Writing what) {
    try {
      what.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (live) {
      out.flush();
    }
  }
}
