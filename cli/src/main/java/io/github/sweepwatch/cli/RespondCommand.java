package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.response.LeftOut;
import io.github.sweepwatch.response.ResponsePlan;
import io.github.sweepwatch.response.ResponsePlanner;
import io.github.sweepwatch.response.ResponseTarget;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes files that answer scans. */
@Command(
    name = "respond",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Writes a file that answers scans, for people to review.",
    description = {
      "",
      "Reads what 'detect --output json' prints; of each scan the last line counts. Prints one file"
          + " for a firewall, a sensor or another tool, and changes nothing itself. Sources inside"
          + " are contained, those outside kept out. Left out, and told on standard error, are"
          + " sources that are authorised, protected, possibly spoofed or in doubt.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all input was read, whether anybody is answered or not",
      "1:an input could not be used in full, or --strict met a rejected line",
      "2:wrong usage"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sweepwatch detect --output json conn.log.gz > alerts.json",
      "  sweepwatch respond --for nftables --expires 2h alerts.json > block.nft",
      "  sweepwatch respond --for nftables --rollback alerts.json > unblock.nft"
    })
final class RespondCommand implements Callable<Integer> {
  private final Streams streams;

  @SuppressWarnings("NullAway.Init") // required
  @Option(
      names = "--for",
      required = true,
      paramLabel = "TARGET",
      converter = TargetConverter.class,
      description =
          "What the file is for: nftables, iptables, windows (PowerShell) and cisco (IOS) block;"
              + " suricata and zeek watch the sources; suricata and sigma find the next such scan"
              + " sooner; stix shares indicators.")
  private ResponseTarget target;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "For how long, such as 30m, 1h (default) or 7d; 1m to 366d.")
  private Duration expires = Duration.ofHours(1);

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "From when it counts, such as 2026-11-24T03:00:00Z. Default: from the last event of a"
              + " source's scans. nftables counts from when the file is applied.")
  private @Nullable Instant now;

  @Option(names = "--rollback", description = "Print the file that takes the other one back.")
  private boolean rollback;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Let each source make N new connections a minute, rather than none; nftables and iptables"
              + " only.")
  private @Nullable Integer limit;

  @Option(
      names = "--min-confidence",
      paramLabel = "N",
      description = "Leave out scans that are less sure: 0 to 100. Default: 60.")
  private int minimumConfidence = 60;

  @Option(
      names = "--protect",
      paramLabel = "CIDR,...",
      converter = BlocksConverter.class,
      description =
          "Never answer these either. Always protected are loopback, multicast and broadcast"
              + " addresses, and this machine's own, its gateways and its resolvers.")
  private List<AddressBlock> protect = List.of();

  @Option(
      names = "--force",
      paramLabel = "CIDR,...",
      converter = BlocksConverter.class,
      description =
          "Answer these sources whatever speaks against it; no network wider than /24, or /64 for"
              + " IPv6.")
  private List<AddressBlock> force = List.of();

  @Option(names = "--strict", description = "Exit with 1 if any line was rejected.")
  private boolean strict;

  @Parameters(
      arity = "1..*",
      paramLabel = "ALERTS.json",
      description = "Alerts to read; may be gzip. '-' is standard input.")
  private List<String> files = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  RespondCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    ResponsePlanner planner = planner();
    // Only the last state of an incident is kept, so that updates cost no memory.
    Map<String, ScanAlert> last = new HashMap<>();
    AlertInput input = new AlertInput(streams);
    input.read(
        files,
        alert ->
            last.merge(alert.id(), alert, (old, young) -> young.seq() >= old.seq() ? young : old));
    ResponsePlan plan = planner.plan(last.values());
    streams.out().text(rollback ? target.rollback(plan) : target.file(plan));
    streams.out().flush();
    for (LeftOut not : plan.leftOut()) {
      streams.report("left out", not.toString());
    }
    streams
        .err()
        .println(
            String.format(
                "Read %s: %s, %s rejected. %s answered, %,d left out.",
                Count.of(input.lines(), "line"),
                Count.of(last.size(), "scan"),
                Count.of(input.rejected(), "line"),
                Count.of(plan.answers().size(), "source"),
                plan.leftOut().size()));
    return input.complete() && !(strict && input.rejected() > 0) ? ExitCode.OK : ExitCode.INPUT;
  }

  private ResponsePlanner planner() {
    if (Collections.frequency(files, LogInput.STANDARD_INPUT) > 1) {
      throw new ParameterException(
          spec.commandLine(), "standard input ('-') can be read only once");
    }
    if (limit != null && !target.limits()) {
      throw new ParameterException(
          spec.commandLine(), "--limit is for nftables and iptables, not for " + target);
    }
    try {
      ResponsePlanner.Builder planner =
          ResponsePlanner.builder()
              .expires(expires)
              .minimumConfidence(minimumConfidence)
              .protect(OwnAddresses.ofThisMachine())
              .protect(protect)
              .force(force);
      if (now != null) {
        planner.now(now);
      }
      if (limit != null) {
        planner.newPerMinute(limit);
      }
      return planner.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** A target's name. */
  static final class TargetConverter implements ITypeConverter<ResponseTarget> {
    @Override
    public ResponseTarget convert(String name) {
      for (ResponseTarget each : ResponseTarget.values()) {
        if (each.toString().equals(name)) {
          return each;
        }
      }
      List<String> names = Arrays.stream(ResponseTarget.values()).map(Enum::toString).toList();
      throw new TypeConversionException(
          "no target '" + name + "'; there are: " + String.join(", ", names));
    }
  }

  /** A number with a unit. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

    @Override
    public Duration convert(String text) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException("'" + text + "' is no time such as 30m, 1h or 7d");
      }
      String unit = parts.group(2).toUpperCase(Locale.ROOT);
      return Duration.parse(
          unit.equals("D") ? "P" + parts.group(1) + unit : "PT" + parts.group(1) + unit);
    }
  }

  /** A date and time with a zone. */
  static final class TimeConverter implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw new TypeConversionException("'" + text + "' is no time such as 2026-11-24T03:00:00Z");
      }
    }
  }

  /** Networks with commas between them. */
  static final class BlocksConverter implements ITypeConverter<List<AddressBlock>> {
    @Override
    public List<AddressBlock> convert(String text) {
      try {
        return Arrays.stream(text.split(",", -1)).map(AddressBlock::parse).toList();
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
