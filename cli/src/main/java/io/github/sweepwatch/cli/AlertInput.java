package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.output.AlertReader;
import io.github.sweepwatch.read.ReadSummary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads files of alerts, one after the other, and reports what cannot be used. */
final class AlertInput {
  private static final int GZIP_1 = 0x1f;
  private static final int GZIP_2 = 0x8b;

  private final Streams streams;
  private long lines;
  private long rejected;
  private boolean complete = true;

  AlertInput(Streams streams) {
    this.streams = streams;
  }

  void read(List<String> files, Consumer<ScanAlert> alerts) {
    for (String file : files) {
      Reported handler = new Reported(file, alerts);
      try (InputStream in = open(file)) {
        AlertReader.read(in, handler);
      } catch (IOException | InvalidPathException e) {
        complete = false;
        streams.report(file, LogInput.reason(file, e));
      }
      handler.end();
    }
  }

  long lines() {
    return lines;
  }

  long rejected() {
    return rejected;
  }

  /** Whether all input could be used, but for rejected lines. */
  boolean complete() {
    return complete;
  }

  private InputStream open(String file) throws IOException {
    InputStream in;
    if (file.equals(LogInput.STANDARD_INPUT)) {
      in = new BufferedInputStream(streams.in());
    } else if (Files.isDirectory(Path.of(file))) {
      throw new IOException("is a directory");
    } else {
      in = new BufferedInputStream(Files.newInputStream(Path.of(file)));
    }
    in.mark(2);
    boolean gzip = in.read() == GZIP_1 && in.read() == GZIP_2;
    in.reset();
    return gzip ? new GZIPInputStream(in, 1 << 16) : in;
  }

  /** Passes alerts on and reports a file's first rejections. */
  private final class Reported implements AlertReader.Handler {
    private final String file;
    private final Consumer<ScanAlert> alerts;
    private long ofThisFile;

    Reported(String file, Consumer<ScanAlert> alerts) {
      this.file = file;
      this.alerts = alerts;
    }

    @Override
    public void alert(ScanAlert alert) {
      lines++;
      alerts.accept(alert);
    }

    @Override
    public void rejected(long line, String reason) {
      lines++;
      rejected++;
      if (++ofThisFile <= ReadSummary.MAX_REJECTIONS) {
        streams.report(file, line, reason);
      }
    }

    void end() {
      long more = ofThisFile - ReadSummary.MAX_REJECTIONS;
      if (more > 0) {
        streams.report(file, Count.of(more, "more line") + " rejected");
      }
    }
  }
}
