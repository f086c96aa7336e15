package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.read.EventReader;
import io.github.sweepwatch.read.ParserCatalog;
import io.github.sweepwatch.read.ParserScore;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        reportChoice(file, reader.scores());
        ReadSummary summary = read(file, reader, handlers.apply(file));
        totals.add(summary);
        afterEach.accept(file, summary);
        reportMix(file, reader.parsers());
        if (isMisunderstood(file, summary)) {
          totals.addMisunderstood();
        }
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

  /** Says which parser was chosen, and over which others. */
  private void reportChoice(String file, List<ParserScore> scores) {
    if (!options.verbose() || scores.isEmpty()) {
      return;
    }
    String chosen = "read as " + scores.get(0).parser() + score(scores.get(0));
    String others =
        scores.stream()
            .skip(1)
            .map(other -> other.parser() + score(other))
            .collect(Collectors.joining(", "));
    streams.report(file, others.isEmpty() ? chosen : chosen + "; recognised too by " + others);
  }

  private static String score(ParserScore score) {
    return score.score() == 0 ? " (by single records)" : " (score " + score.score() + ")";
  }

  private void reportMix(String file, List<String> used) {
    if (options.verbose() && used.size() > 1) {
      String others = String.join(", ", used.subList(1, used.size()));
      streams.report(file, "mixed; records went to " + others + ", too");
    }
  }

  /** Whether the parser that was asked for is the wrong one, which is reported then. */
  private boolean isMisunderstood(String file, ReadSummary summary) {
    String wanted = options.parser();
    if (wanted == null
        || summary.connections() + summary.logons() > 0
        || summary.lines() == 0
        || summary.damage() != null) {
      return false;
    }
    String fitting = "";
    // What is no file cannot be looked at again.
    if (file.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(file))) {
      if (summary.rejected() == 0) {
        return false;
      }
    } else {
      try (EventReader sniffed = open(file, null)) {
        fitting = "; it looks like " + sniffed.parser();
        if (sniffed.parser().equals(wanted)) {
          return false;
        }
      } catch (IOException e) {
        if (summary.rejected() == 0) {
          return false;
        }
        fitting = "; no parser recognises it";
      }
    }
    String understood =
        "parser '" + wanted + "' made nothing of its " + Count.of(summary.lines(), "line");
    streams.report(file, understood + fitting);
    return true;
  }

  private EventReader open(String file) throws IOException {
    return open(file, options.parser());
  }

  private EventReader open(String file, @Nullable String parser) throws IOException {
    EventReader.Builder builder = EventReader.builder().parsers(parsers).zone(options.zone());
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
    public void notice(NoticeEvent event, long line) {
      handler.notice(event, line);
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
