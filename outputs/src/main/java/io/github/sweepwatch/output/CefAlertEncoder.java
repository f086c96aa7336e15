package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsFinding;
import io.github.sweepwatch.explain.LogonActivity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One line of ArcSight's Common Event Format an alert ({@code cef}), without a syslog header. Keys
 * are those of the format's dictionary, no longer than it allows; what it has no key for is under
 * keys that begin with {@code Sweepwatch}. Control and format characters are written out as <code>
 * &#92;u</code> and four digits; backslash, pipe and equals sign are escaped where the format asks
 * for it.
 *
 * <p>Thread-safe.
 */
public final class CefAlertEncoder implements AlertEncoder {
  private static final int LONG_TEXT = 4_000;
  private static final int TEXT = 1_023;
  private static final int HOST = 100;

  /** An encoder. */
  public CefAlertEncoder() {}

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public void encode(ScanAlert alert, OutputStream out) throws IOException {
    StringBuilder line = new StringBuilder(1_024).append("CEF:0");
    header(line, Product.NAME);
    header(line, Product.NAME);
    header(line, Product.VERSION);
    header(line, JsonAlertEncoder.lower(alert.type()));
    header(line, AlertText.name(alert.type()));
    header(line, Integer.toString(severity(alert.severity())));
    line.append('|');
    new Extension(line, line.length()).write(alert);
    out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void header(StringBuilder line, String value) {
    line.append('|').append(LineText.line(value).replace("\\", "\\\\").replace("|", "\\|"));
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case LOW -> 2;
      case MEDIUM -> 5;
      case HIGH -> 8;
      case CRITICAL -> 10;
    };
  }

  /** The keys and values of one line. */
  private record Extension(StringBuilder line, int start) {
    void write(ScanAlert alert) {
      number("rt", millis(AlertFacts.changedMicros(alert)));
      number("start", millis(alert.firstSeenMicros()));
      number("end", millis(alert.lastSeenMicros()));
      text("externalId", alert.id(), 40);
      text("cat", "scan", TEXT);
      number("cnt", Math.min(alert.connections(), Integer.MAX_VALUE));
      address("src", "c6a2", "Source IPv6 Address", AlertFacts.onlySource(alert));
      address("dst", "c6a3", "Destination IPv6 Address", AlertFacts.onlyTarget(alert));
      int port = AlertFacts.onlyPort(alert);
      if (port >= 0) {
        number("dpt", port);
      }
      if (alert.protocols().size() == 1) {
        text("proto", AlertFacts.protocols(alert).get(0).toUpperCase(Locale.ROOT), 31);
      } else {
        list("SweepwatchProtocols", AlertFacts.protocols(alert), TEXT);
      }
      labelled("cn1", "targets", alert.uniqueTargets());
      labelled("cn2", "services", alert.uniquePorts());
      labelled("cn3", "failed connections", alert.failed());
      labelled("flexNumber1", "confidence", alert.confidence());
      labelled("flexNumber2", "sequence", alert.seq());
      labelled("flexString1", "state", List.of(JsonAlertEncoder.lower(alert.state())));
      EndReason end = alert.endReason();
      labelled("flexString2", "end reason", lower(end == null ? List.of() : List.of(end)));
      List<String> sources = alert.sources().stream().map(IpAddress::toString).toList();
      labelled("cs1", "sources", sources.size() == 1 ? List.of() : sources);
      labelled("cs2", "ports", alert.ports().stream().map(PortRange::toString).toList());
      labelled("cs3", "targets", alert.targets().stream().map(IpAddress::toString).toList());
      labelled(
          "cs4", "ATT&CK", Attack.techniques(alert).stream().map(AttackTechnique::id).toList());
      List<String> sensors = alert.sensors();
      labelled("cs5", "sensors", sensors);
      if (sensors.size() == 1) {
        text("dvchost", sensors.get(0), HOST);
      }
      String authority = alert.authorisedBy();
      labelled("cs6", "authorised by", authority == null ? List.of() : List.of(authority));
      Explanation explanation = alert.explanation();
      if (explanation != null) {
        write(explanation);
      }
      flag("SweepwatchMuted", alert.muted());
      flag("SweepwatchPortsTruncated", alert.portsTruncated());
      if (alert.estimated()) {
        number("SweepwatchErrorPermille", Math.round(alert.relativeError() * 1_000));
      }
      list("reason", AlertText.reasons(alert), TEXT);
      text("msg", AlertText.summary(alert), TEXT);
    }

    private void write(Explanation explanation) {
      Direction direction = explanation.source().direction();
      if (direction != Direction.INTERNAL) {
        number("deviceDirection", direction == Direction.EXTERNAL ? 0 : 1);
      }
      list("SweepwatchDirection", lower(List.of(direction)), TEXT);
      List<Actor> actors = explanation.source().actors();
      list("shost", known(actors, Actor::host), TEXT);
      list("suser", known(actors, Actor::user), TEXT);
      list("sproc", known(actors, Actor::image), TEXT);
      list("SweepwatchAnswered", AnsweredText.list(explanation.scope().answered()), TEXT);
      LogonActivity logons = explanation.logons();
      if (logons.attempts() > 0) {
        number("SweepwatchLogons", logons.attempts());
        number("SweepwatchLogonSuccesses", logons.successes());
        list("SweepwatchAccounts", logons.accounts(), TEXT);
      }
      LogonEvent success = logons.firstSuccess();
      if (success != null) {
        list("duser", known(List.of(success), LogonEvent::account), TEXT);
        list("dhost", known(List.of(success), LogonEvent::targetHost), TEXT);
      }
      flag("SweepwatchIncomplete", logons.mayBeIncomplete() || explanation.ids().mayBeIncomplete());
      list("SweepwatchIds", known(explanation.ids().findings(), IdsFinding::name), TEXT);
    }

    /** IPv4 where the dictionary has it, IPv6 in its fields for that. */
    private void address(String key, String v6, String label, @Nullable IpAddress address) {
      if (address == null) {
        return;
      }
      if (address.isIpv4()) {
        text(key, address.toString(), TEXT);
      } else {
        labelled(v6, label, List.of(address.toString()));
      }
    }

    private void labelled(String key, String label, long value) {
      number(key, value);
      text(key + "Label", label, TEXT);
    }

    private void labelled(String key, String label, List<String> values) {
      if (!values.isEmpty()) {
        list(key, values, key.startsWith("cs") ? LONG_TEXT : TEXT);
        text(key + "Label", label, TEXT);
      }
    }

    private void flag(String key, boolean value) {
      if (value) {
        text(key, "true", TEXT);
      }
    }

    private void list(String key, List<String> values, int limit) {
      if (!values.isEmpty()) {
        pair(key, LineText.list(values, limit));
      }
    }

    private void text(String key, String value, int limit) {
      pair(key, LineText.cut(LineText.line(value), limit));
    }

    private void number(String key, long value) {
      pair(key, Long.toString(value));
    }

    private void pair(String key, String value) {
      if (line.length() > start) {
        line.append(' ');
      }
      line.append(key).append('=').append(value.replace("\\", "\\\\").replace("=", "\\="));
    }

    private static long millis(long micros) {
      return Math.floorDiv(micros, 1_000L);
    }

    private static List<String> lower(List<? extends Enum<?>> constants) {
      return constants.stream().map(JsonAlertEncoder::lower).toList();
    }

    private static <T> List<String> known(List<T> of, Function<T, @Nullable String> what) {
      return of.stream().map(what).filter(Objects::nonNull).distinct().toList();
    }
  }
}
