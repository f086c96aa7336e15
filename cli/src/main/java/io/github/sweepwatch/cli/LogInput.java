package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.read.EventReader;
import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.read.ReadHandler;
import io.github.sweepwatch.read.ReadSummary;
import io.github.sweepwatch.read.Rejection;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads the files of a command line, one after the other, and reports what cannot be used. */
final class LogInput {
  /** The name of standard input. */
  static final String STANDARD_INPUT = "-";

  private final InputOptions options;
  private final Streams streams;
  private final ParserCatalog parsers;
  private final boolean showProgress;

  /**
   * Checks what can be checked before anything is read.
   *
   * @param showProgress whether a bar may be shown while reading
   * @throws ParameterException if the options make no sense
   */
  LogInput(InputOptions options, Streams streams, boolean showProgress, CommandLine command) {
    if (Collections.frequency(options.files(), STANDARD_INPUT) > 1) {
      throw new ParameterException(command, "standard input ('-') can be read only once");
    }
    this.options = options;
    this.streams = streams;
    this.showProgress = showProgress && streams.errColumns() > 0;
    parsers = ParserCatalog.load(LogInput.class.getClassLoader());
    String wanted = options.parser();
    List<String> names = parsers.providers().stream().map(ParserProvider::name).toList();
    if (wanted != null && !names.contains(wanted)) {
      throw new ParameterException(
          command, "no parser '" + wanted + "'; there are: " + String.join(", ", names));
    }
  }

  /** Reads all files into one handler, and reports each file's first rejections. */
  ReadTotals read(ReadHandler handler) {
    return read(file -> handler, this::reportFirstRejections);
  }

  /** Reads all files; what each holds goes to a handler of its own, rejections included. */
  ReadTotals read(Function<String, ReadHandler> handlers) {
    return read(handlers, (file, summary) -> {});
  }

  private ReadTotals read(
      Function<String, ReadHandler> handlers, BiConsumer<String, ReadSummary> afterEach) {
    ReadTotals totals = new ReadTotals();
    for (String file : options.files()) {
      try (EventReader reader = open(file)) {
        ReadSummary summary = read(file, reader, handlers.apply(file));
        totals.add(summary);
        afterEach.accept(file, summary);
        if (summary.damage() != null) {
          streams.report(file, summary.damage());
        }
      } catch (IOException | InvalidPathException e) {
        totals.addUnusable();
        streams.report(file, reason(file, e));
      }
    }
    return totals;
  }

  private EventReader open(String file) throws IOException {
    EventReader.Builder builder = EventReader.builder().parsers(parsers).zone(options.zone());
    String parser = options.parser();
    if (parser != null) {
      builder.parser(parser);
    }
    LocalDate date = options.referenceDate();
    if (date != null) {
      builder.referenceDate(date);
    }
    if (file.equals(STANDARD_INPUT)) {
      return builder.open(streams.in(), file);
    }
    return builder.open(Path.of(file));
  }

  private ReadSummary read(String file, EventReader reader, ReadHandler handler)
      throws IOException {
    if (!showProgress || file.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(file))) {
      return reader.read(handler);
    }
    try (Progress progress =
        new Progress(file, Files.size(Path.of(file)), streams.err(), streams.errColumns())) {
      return reader.read(new Metered(handler, reader, progress));
    }
  }

  private void reportFirstRejections(String file, ReadSummary summary) {
    for (Rejection rejection : summary.firstRejections()) {
      streams.report(file, rejection.line(), rejection.reason());
    }
    long more = summary.rejected() - summary.firstRejections().size();
    if (more > 0) {
      streams.report(file, Count.of(more, "more record") + " rejected");
    }
  }

  /** What is wrong with a file, without its name. */
  static String reason(String file, Exception cause) {
    if (cause instanceof InvalidPathException invalid) {
      return invalid.getReason();
    }
    if (cause instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = String.valueOf(cause.getMessage());
    String name = Path.of(file) + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  /** Moves the bar as events pass. */
  private static final class Metered implements ReadHandler {
    private static final int STEP = 1024;

    private final ReadHandler handler;
    private final EventReader reader;
    private final Progress progress;
    private int untilStep = STEP;

    Metered(ReadHandler handler, EventReader reader, Progress progress) {
      this.handler = handler;
      this.reader = reader;
      this.progress = progress;
    }

    @Override
    public void connection(ConnectionEvent event, long line) {
      step();
      handler.connection(event, line);
    }

    @Override
    public void logon(LogonEvent event, long line) {
      step();
      handler.logon(event, line);
    }

    @Override
    public void rejected(Rejection rejection) {
      step();
      handler.rejected(rejection);
    }

    private void step() {
      if (--untilStep == 0) {
        untilStep = STEP;
        progress.at(reader.bytesRead());
      }
    }
  }
}
