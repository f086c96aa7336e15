package io.github.sweepwatch.benchmarks.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the engine's benchmarks and prints one table. Arguments: the file to write as CSV, {@code
 * --quick} for a selection of a few minutes, and JMH's options. JMH's own report goes to standard
 * error.
 */
public final class Figures {
  private static final List<String> JVM = List.of("-Xms2g", "-XX:+UseParallelGC");

  private final CommandLineOptions given;
  private final boolean quick;
  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, String> workloads = new LinkedHashMap<>();

  private Figures(boolean quick, CommandLineOptions given) {
    this.quick = quick;
    this.given = given;
  }

  /**
   * Runs them.
   *
   * @param arguments see the class
   * @throws RunnerException if a benchmark fails
   * @throws CommandLineOptionException if JMH does not know an option
   */
  public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
    boolean quick = Arrays.asList(arguments).contains("--quick");
    String[] options =
        Stream.of(arguments).skip(1).filter(each -> !each.equals("--quick")).toArray(String[]::new);
    Figures all = new Figures(quick, new CommandLineOptions(options));
    if (quick) {
      all.runQuick();
    } else {
      all.runFull();
    }
    FigureTable table = new FigureTable(all.figures);
    System.out.print(all.head());
    System.out.print(table.text());
    try {
      Files.writeString(Path.of(arguments[0]), table.csv());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runQuick() throws RunnerException {
    for (String workload : List.of("10k", "1M")) {
      for (int threads = 1; threads <= 2; threads++) {
        steady(
            workload,
            threads,
            Implementation.SWEEPWATCH,
            Implementation.ENGINE_ALONE,
            Implementation.HLL_SKETCH);
      }
    }
  }

  private void runFull() throws RunnerException {
    for (String workload : List.of("10k", "1M", "10M", "hot")) {
      for (int threads = 1; threads <= 2; threads++) {
        steady(workload, threads, peersAt(workload));
      }
    }
    for (int threads = 1; threads <= 2; threads++) {
      run(options(FloodBenchmark.class, threads, peersAt("10M")), "all new");
    }
    figures.addAll(SourceFootprint.measure());
  }

  /** Ours, and the peers that can hold so many sources. */
  private static Implementation[] peersAt(String workload) {
    return workload.equals("10M")
        ? new Implementation[] {
          Implementation.SWEEPWATCH, Implementation.SWEEPWATCH_BATCH, Implementation.HLL_SKETCH
        }
        : Implementation.values();
  }

  private void steady(String workload, int threads, Implementation... implementations)
      throws RunnerException {
    run(
        options(EngineBenchmark.class, threads, implementations).param("workload", workload),
        workload);
  }

  private ChainedOptionsBuilder options(
      Class<?> benchmark, int threads, Implementation... implementations) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .parent(given)
            .include(benchmark.getName() + "\\.")
            .threads(threads)
            .param(
                "implementation",
                Stream.of(implementations).map(Implementation::label).toArray(String[]::new))
            .addProfiler(GCProfiler.class)
            .addProfiler(SetupFigures.class);
    if (!given.getJvmArgs().hasValue()) {
      List<String> jvm = new ArrayList<>(JVM);
      jvm.add(quick ? "-Xmx6g" : "-Xmx16g");
      options.jvmArgs(jvm.toArray(String[]::new));
    }
    if (quick) {
      options.forks(1).warmupIterations(2).measurementIterations(3);
      options.warmupTime(TimeValue.seconds(2)).measurementTime(TimeValue.seconds(2));
    }
    return options;
  }

  private void run(ChainedOptionsBuilder options, String workload) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                options.build(),
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.NORMAL))
            .run();
    for (RunResult result : results) {
      figures.add(
          new Figure(
              workload,
              result.getParams().getThreads(),
              Implementation.labelled(result.getParams().getParam("implementation")),
              result.getPrimaryResult().getScore(),
              secondary(result, "gc.alloc.rate.norm"),
              secondary(result, SetupFigures.SOURCE_BYTES)));
      double sources = secondary(result, SetupFigures.SOURCES);
      if (!Double.isNaN(sources)) {
        workloads.put(workload, describe(result, sources));
      }
    }
  }

  private static String describe(RunResult result, double sources) {
    double dense = secondary(result, SetupFigures.DENSE_PERCENT);
    double sparse = secondary(result, SetupFigures.SPARSE_SCAN_PERCENT);
    return String.format(
        Locale.ROOT,
        "%,.0f sources; events by dense scanners %.2f %%, by sparse scanners %.2f %%, benign"
            + " %.2f %%",
        sources,
        dense,
        sparse,
        100 - dense - sparse);
  }

  private static double secondary(RunResult run, String label) {
    Result<?> result = run.getSecondaryResults().get(label);
    return result == null ? Double.NaN : result.getScore();
  }

  private String head() {
    StringBuilder head = new StringBuilder();
    head.append(
        String.format(
            "machine: %d cores, %s, %s %s%njava: %s %s%n",
            Runtime.getRuntime().availableProcessors(),
            processor(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.vm.name"),
            System.getProperty("java.runtime.version")));
    workloads.forEach(
        (workload, made) ->
            head.append("workload ").append(workload).append(": ").append(made).append('\n'));
    return head.append('\n').toString();
  }

  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.isReadable(file) ? Files.lines(file) : Stream.empty()) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
