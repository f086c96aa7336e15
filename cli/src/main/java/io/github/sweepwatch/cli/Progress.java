package io.github.sweepwatch.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal that says how much of a file is read, how fast, and how long it takes. */
final class Progress implements AutoCloseable {
  private static final long MEBIBYTE = 1 << 20;

  private final PrintWriter terminal;
  private final int columns;
  private final ProgressBar bar;

  /** A bar for a file of some bytes, on a terminal of some columns. */
  Progress(String file, long size, PrintWriter terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
    bar =
        new ProgressBarBuilder()
            .setTaskName(Printable.line(file))
            .setInitialMax(size)
            .setUnit(" MiB", MEBIBYTE)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .showSpeed()
            .setConsumer(new DelegatingProgressBarConsumer(this::show, columns - 1))
            .build();
  }

  /** Moves the bar. */
  void at(long bytes) {
    bar.stepTo(bytes);
  }

  /** Takes the bar off the terminal. */
  @Override
  public void close() {
    bar.close();
    show(" ".repeat(columns - 1));
    show("");
  }

  private void show(String line) {
    terminal.print('\r' + line);
    terminal.flush();
  }
}
