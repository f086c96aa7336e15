package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.output.AlertEncoder;
import io.github.sweepwatch.output.EncoderCatalog;
import io.github.sweepwatch.read.ReadHandler;
import io.github.sweepwatch.triage.AssetDirectory;
import io.github.sweepwatch.triage.Triage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds scans. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Finds scans, and says who, what, when and why.",
    description = {
      "",
      "A scan is an incident: it opens when a source passes a limit, and ends when the source has"
          + " been quiet for a while or the input ends. Several files are one input, in the order"
          + " given; records may be out of order by up to an hour. The same input gives the same"
          + " output.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all input was read, whether it holds scans or not",
      "1:an input could not be used in full, or --strict met a rejected record",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch detect conn.log.gz",
      "  sweepwatch detect --local 192.0.2.0/24 conn.*.log.gz",
      "  tail -F conn.log | sweepwatch detect --output json -"
    })
final class DetectCommand implements Callable<Integer> {
  private static final String TABLE = "table";
  private static final long MEMORY_BUDGET = 256L << 20;

  /** One key for all runs, so that the same input gives the same bytes. */
  static final long FIXED_KEY = 0x5377_6565_7077_6174L;

  private final Streams streams;

  @Mixin private PolicyOption policy = new PolicyOption();

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      completionCandidates = Formats.class,
      description =
          "One of ${COMPLETION-CANDIDATES}. table (default): for people, when all input is read."
              + " Others: one line each time a scan opens, grows or ends, as it happens.")
  private String output = TABLE;

  @Option(
      names = "--assets",
      paramLabel = "FILE",
      converter = AssetFile.class,
      description =
          "What is known of hosts and networks: CSV, where the name ends in .csv, with a first line"
              + " that names the columns; else YAML with a list 'assets'. Each has an address and"
              + " may have a role, owner, criticality (low, medium, high, critical) and zone.")
  private AssetDirectory assets = AssetDirectory.EMPTY;

  @Option(
      names = "--details",
      description = "In the table, say of each scan who, what for, and whether it got in.")
  private boolean details;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description =
          "Where this run goes on from, and what the next one can: which files were read how far,"
              + " and all that is known of their sources. Incidents that are open when the input"
              + " ends stay open. A run that is killed and started again loses and doubles none.")
  private @Nullable Path state;

  @Mixin private InputOptions input = new InputOptions();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  DetectCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    boolean table = output.equals(TABLE);
    LogInput log =
        new LogInput(input, streams, table || !streams.outIsTerminal(), spec.commandLine());
    AlertOutput results =
        table
            ? new AlertTable(policy.policy(), input.zone(), details, streams.out())
            : new EncodedAlerts(encoder(), streams.out(), input.readsStandardInput());
    IncidentTally tally = new IncidentTally();
    // Written from here rather than by the listener: the detector would keep what a listener
    // throws, such as a closed pipe, to itself.
    Queue<ScanAlert> raised = new ArrayDeque<>();
    Triage triage = Triage.builder().assets(assets).onAlert(raised::add).build();
    ScanDetector.Builder builder =
        ScanDetector.builder()
            .policy(policy.policy())
            .localNetworks(input.local())
            .memoryBudget(memoryBudget())
            .secretKey(FIXED_KEY, FIXED_KEY)
            .onAlert(triage);
    StateFile stateFile = state == null ? null : new StateFile(state);
    StateFile.State start;
    try {
      start =
          stateFile == null
              ? new StateFile.State(builder.build(), List.of())
              : stateFile.load(builder);
    } catch (IOException e) {
      streams.report(String.valueOf(state), LogInput.reason(String.valueOf(state), e));
      return ExitCode.INPUT;
    }
    ScanDetector detector = start.detector();
    results.begin();
    Runnable write =
        () -> {
          for (ScanAlert alert = raised.poll(); alert != null; alert = raised.poll()) {
            tally.add(alert);
            results.alert(alert);
          }
        };
    Watch watch = new Watch(detector, triage, write);
    ReadTotals totals;
    if (stateFile == null) {
      totals = log.read(watch);
      detector.finish();
      triage.finish();
      write.run();
      results.end();
      streams.out().flush();
    } else {
      ResumableRun run = new ResumableRun(stateFile, start, watch, streams.out()::flush, !table);
      try {
        totals = log.readEach(run::of);
        results.end();
        run.save();
      } catch (StateFile.Failure e) {
        streams.report(String.valueOf(state), e.reason());
        return ExitCode.INPUT;
      }
    }
    streams.err().println(totals.line());
    tally.lines(detector.stats()).forEach(streams.err()::println);
    return totals.exitCode(input.strict());
  }

  /** Half of a small heap: the rest is for reading and for the incidents of the table. */
  static long memoryBudget() {
    return Math.min(MEMORY_BUDGET, Runtime.getRuntime().maxMemory() / 2);
  }

  private AlertEncoder encoder() {
    return encoders()
        .find(output)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "no output '" + output + "'; there are: " + String.join(", ", new Formats())));
  }

  private static EncoderCatalog encoders() {
    return EncoderCatalog.load(DetectCommand.class.getClassLoader());
  }

  /** The names of the outputs. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(Stream.of(TABLE), encoders().names().stream()).iterator();
    }
  }

  /** Shows the detector connections, and triage what may follow a scan. */
  private record Watch(ScanDetector detector, Triage triage, Runnable write)
      implements ReadHandler {
    @Override
    public void connection(ConnectionEvent event, long line) {
      detector.observe(event);
      write.run();
    }

    @Override
    public void logon(LogonEvent event, long line) {
      triage.logon(event);
      write.run();
    }

    @Override
    public void notice(NoticeEvent event, long line) {
      triage.notice(event);
      write.run();
    }
  }
}
