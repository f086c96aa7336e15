package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsFinding;
import io.github.sweepwatch.explain.ScannedService;
import io.github.sweepwatch.explain.ToolHint;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values after RFC 4180 ({@code csv}): a line of column names, and a line an alert,
 * UTF-8, ended by CR and LF. Times are UTC, with six decimals; items of a list are separated by
 * semicolons; what does not apply or is not known is empty.
 *
 * <p>Made to be opened in a spreadsheet: a text that one would take for a formula has an apostrophe
 * in front, and so has each item of a list. Control and format characters, and semicolons within a
 * text, are written out as <code>&#92;u</code> and four digits. Who needs the texts as they were
 * takes JSON.
 *
 * <p>Thread-safe.
 */
public final class CsvAlertEncoder implements AlertEncoder {
  /** A column's name, and what stands in it. */
  private record Column(String name, Function<ScanAlert, String> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", alert -> text(alert.id())),
          new Column("seq", alert -> Long.toString(alert.seq())),
          new Column("state", alert -> JsonAlertEncoder.lower(alert.state())),
          new Column("type", alert -> JsonAlertEncoder.lower(alert.type())),
          new Column("sources", alert -> list(alert.sources(), IpAddress::toString)),
          new Column("detected_at", alert -> IsoTime.micros(alert.detectedAtMicros())),
          new Column("first_seen", alert -> IsoTime.micros(alert.firstSeenMicros())),
          new Column("last_seen", alert -> IsoTime.micros(alert.lastSeenMicros())),
          new Column(
              "ended_at",
              alert -> alert.endReason() == null ? "" : IsoTime.micros(alert.endedAtMicros())),
          new Column("end_reason", alert -> lower(alert.endReason())),
          new Column("unique_targets", alert -> Long.toString(alert.uniqueTargets())),
          new Column("unique_ports", alert -> Long.toString(alert.uniquePorts())),
          new Column("connections", alert -> Long.toString(alert.connections())),
          new Column("failed", alert -> Long.toString(alert.failed())),
          new Column("estimated", alert -> Boolean.toString(alert.estimated())),
          new Column("relative_error", alert -> decimals(alert.relativeError())),
          new Column("ports", alert -> list(alert.ports(), PortRange::toString)),
          new Column("ports_truncated", alert -> Boolean.toString(alert.portsTruncated())),
          new Column("protocols", alert -> list(AlertFacts.protocols(alert), Function.identity())),
          new Column("targets", alert -> list(alert.targets(), IpAddress::toString)),
          new Column("severity", alert -> JsonAlertEncoder.lower(alert.severity())),
          new Column("confidence", alert -> Integer.toString(alert.confidence())),
          new Column("techniques", alert -> list(Attack.techniques(alert), AttackTechnique::id)),
          new Column("reasons", alert -> list(alert.reasons(), CsvAlertEncoder::reason)),
          new Column("sensors", alert -> list(alert.sensors(), Function.identity())),
          new Column("muted", alert -> Boolean.toString(alert.muted())),
          new Column("authorised_by", alert -> text(alert.authorisedBy())),
          explained("direction", it -> JsonAlertEncoder.lower(it.source().direction())),
          explained("role", it -> asset(it, Asset::role)),
          explained("owner", it -> asset(it, Asset::owner)),
          explained("criticality", it -> asset(it, known -> lower(known.criticality()))),
          explained("zone", it -> asset(it, Asset::zone)),
          explained("hosts", it -> list(it.source().actors(), Actor::host)),
          explained("users", it -> list(it.source().actors(), Actor::user)),
          explained("images", it -> list(it.source().actors(), Actor::image)),
          explained("services", it -> list(it.scope().services(), ScannedService::name)),
          explained(
              "answered",
              it -> list(AnsweredText.list(it.scope().answered()), Function.identity())),
          explained("tool", it -> tool(it.scope().tool())),
          explained("logon_attempts", it -> Long.toString(it.logons().attempts())),
          explained("logon_successes", it -> Long.toString(it.logons().successes())),
          explained("accounts", it -> list(it.logons().accounts(), Function.identity())),
          explained("ids_findings", it -> list(it.ids().findings(), IdsFinding::name)),
          explained(
              "may_be_incomplete",
              it -> Boolean.toString(it.logons().mayBeIncomplete() || it.ids().mayBeIncomplete())));

  /** An encoder. */
  public CsvAlertEncoder() {}

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public void begin(OutputStream out) throws IOException {
    writeLine(out, Column::name);
  }

  @Override
  public void encode(ScanAlert alert, OutputStream out) throws IOException {
    writeLine(out, column -> quoted(column.value().apply(alert)));
  }

  private static void writeLine(OutputStream out, Function<Column, String> cell)
      throws IOException {
    String line = COLUMNS.stream().map(cell).collect(Collectors.joining(",", "", "\r\n"));
    out.write(line.getBytes(StandardCharsets.UTF_8));
  }

  private static Column explained(String name, Function<Explanation, String> value) {
    return new Column(
        name,
        alert -> {
          Explanation explanation = alert.explanation();
          return explanation == null ? "" : value.apply(explanation);
        });
  }

  private static String asset(Explanation explanation, Function<Asset, @Nullable String> what) {
    Asset asset = explanation.source().asset();
    return asset == null ? "" : text(what.apply(asset));
  }

  private static String tool(@Nullable ToolHint tool) {
    return tool == null ? "" : text(tool.tool());
  }

  private static String lower(@Nullable Enum<?> constant) {
    return constant == null ? "" : JsonAlertEncoder.lower(constant);
  }

  /** By rounding to a whole number: how a double is printed differs between Java versions. */
  private static String decimals(double value) {
    return BigDecimal.valueOf(Math.round(value * 10_000), 4).toPlainString();
  }

  private static String reason(Reason reason) {
    return reason.rule()
        + " "
        + reason.count()
        + "/"
        + reason.threshold()
        + " in "
        + reason.windowSeconds()
        + " s";
  }

  private static <T> String list(List<T> items, Function<T, @Nullable String> text) {
    return items.stream()
        .map(text)
        .filter(Objects::nonNull)
        .map(CsvAlertEncoder::text)
        .collect(Collectors.joining(String.valueOf(LineText.SEPARATOR)));
  }

  /**
   * A text in one line. A spreadsheet takes what begins with one of these signs for a formula; one
   * that splits at semicolons would take an item for a cell.
   */
  private static String text(@Nullable String value) {
    if (value == null) {
      return "";
    }
    String item = LineText.item(value);
    String start = item.stripLeading();
    boolean formula =
        !start.isEmpty() && "=+-@\uff1d\uff0b\uff0d\uff20".indexOf(start.charAt(0)) >= 0;
    return formula ? "'" + item : item;
  }

  private static String quoted(String cell) {
    boolean plain = cell.indexOf('"') < 0 && cell.indexOf(',') < 0 && !cell.startsWith(" ");
    return plain && !cell.endsWith(" ") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
