package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.LocalNetworks;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options and files that the commands share. */
final class InputOptions {
  @Option(
      names = "--parser",
      paramLabel = "NAME",
      description =
          "Use this parser for every file; 'sweepwatch parsers' lists them. Else each"
              + " file's format is found by its first bytes.")
  private @Nullable String parser;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      converter = ZoneConverter.class,
      description =
          "The zone of time stamps that carry none, such as Europe/Berlin or +02:00, and"
              + " of the times in tables. Default: UTC.")
  private ZoneId zone = ZoneOffset.UTC;

  @Option(
      names = "--reference-date",
      paramLabel = "DATE",
      converter = DateConverter.class,
      description =
          "A date near the records, such as 2026-11-24, for time stamps without a year."
              + " Default: when the file was last changed.")
  private @Nullable LocalDate referenceDate;

  @Option(
      names = "--local",
      paramLabel = "CIDR,...",
      converter = NetworksConverter.class,
      description =
          "The networks inside, where the log itself does not say. Default: the private"
              + " ones, 10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7.")
  private LocalNetworks local = LocalNetworks.PRIVATE;

  @Option(names = "--strict", description = "Exit with 1 if any record was rejected.")
  private boolean strict;

  @Option(
      names = "--verbose",
      description =
          "Say on standard error which parser reads a file, which others recognised it, and which"
              + " took records of a mixed one.")
  private boolean verbose;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Logs to read, in this order; may be gzip. '-' is standard input.")
  private List<String> files = new ArrayList<>();

  @Nullable String parser() {
    return parser;
  }

  ZoneId zone() {
    return zone;
  }

  @Nullable LocalDate referenceDate() {
    return referenceDate;
  }

  LocalNetworks local() {
    return local;
  }

  boolean strict() {
    return strict;
  }

  boolean verbose() {
    return verbose;
  }

  List<String> files() {
    return files;
  }

  boolean readsStandardInput() {
    return files.contains(LogInput.STANDARD_INPUT);
  }

  /** A zone's name or an offset. */
  static final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
      try {
        return ZoneId.of(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'" + text + "' is no zone such as Europe/Berlin, and no offset such as +02:00");
      }
    }
  }

  /** A date. */
  static final class DateConverter implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeException e) {
        throw new TypeConversionException("'" + text + "' is no date such as 2026-11-24");
      }
    }
  }

  /** Networks with commas between them. */
  static final class NetworksConverter implements ITypeConverter<LocalNetworks> {
    @Override
    public LocalNetworks convert(String text) {
      try {
        return LocalNetworks.of(text.split(",", -1));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
