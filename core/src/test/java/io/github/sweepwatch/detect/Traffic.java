package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Events for tests: seconds count from a fixed moment, hosts from one /16. */
final class Traffic {
  static final long START = 1_700_000_000_000_000L;
  static final IpAddress SCANNER = IpAddress.parse("203.0.113.7");

  private final List<ScanAlert> alerts = new ArrayList<>();
  private final ScanDetector detector;
  private IpAddress source = SCANNER;
  private Locality locality = Locality.REMOTE;
  private int protocol = Protocol.TCP;
  private @Nullable String sensor;

  Traffic(ScanDetector.Builder builder) {
    detector = builder.onAlert(alerts::add).build();
  }

  Traffic() {
    this(ScanDetector.builder().memoryBudget(1 << 20));
  }

  static long micros(double second) {
    return START + Math.round(second * 1e6);
  }

  static IpAddress host(int number) {
    return IpAddress.ofIpv4(0x0a4d_0000 + number);
  }

  Traffic from(IpAddress address, Locality where) {
    source = address;
    locality = where;
    return this;
  }

  Traffic over(int ipProtocol) {
    protocol = ipProtocol;
    return this;
  }

  Traffic seenBy(String name) {
    sensor = name;
    return this;
  }

  ConnectionEvent.Builder event(double second, int host, int port, Outcome outcome) {
    return ConnectionEvent.builder()
        .timeMicros(micros(second))
        .source(source)
        .destination(host(host))
        .sourceLocality(locality)
        .protocol(protocol)
        .destinationPort(Protocol.hasPorts(protocol) ? port : ConnectionEvent.NOT_GIVEN)
        .sensor(sensor)
        .outcome(outcome);
  }

  Traffic connect(double second, int host, int port, Outcome outcome) {
    detector.observe(event(second, host, port, outcome).build());
    return this;
  }

  /** The same with a host outside. */
  Traffic outward(double second, int host, int port, Outcome outcome) {
    detector.observe(
        event(second, host, port, outcome).destinationLocality(Locality.REMOTE).build());
    return this;
  }

  /** Touches hosts 1 to n on one port, a step apart, all with one outcome. */
  Traffic sweep(double from, double step, int hosts, int port, Outcome outcome) {
    for (int i = 0; i < hosts; i++) {
      connect(from + i * step, i + 1, port, outcome);
    }
    return this;
  }

  /** Three other sources reach a time, which makes it credible. */
  Traffic othersReach(double second) {
    IpAddress before = source;
    for (int i = 0; i < 3; i++) {
      source = IpAddress.ofIpv4(0xc633_6401 + i);
      connect(second, 9_000, 443, Outcome.ESTABLISHED);
    }
    source = before;
    return this;
  }

  /** Everything that an alert says, by the names of its accessors. */
  static String everything(ScanAlert alert) {
    return Stream.of(ScanAlert.class.getMethods())
        .filter(method -> method.getDeclaringClass() == ScanAlert.class)
        .filter(method -> method.getParameterCount() == 0 && !isStatic(method))
        .filter(method -> method.getReturnType() != ScanAlert.Builder.class)
        .sorted(Comparator.comparing(Method::getName))
        .map(method -> method.getName() + '=' + said(method, alert))
        .collect(Collectors.joining(" "));
  }

  private static boolean isStatic(Method method) {
    return Modifier.isStatic(method.getModifiers());
  }

  private static Object said(Method method, ScanAlert alert) {
    try {
      return String.valueOf(method.invoke(alert));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no accessor", e);
    }
  }

  ScanDetector detector() {
    return detector;
  }

  List<ScanAlert> alerts() {
    return alerts;
  }

  List<ScanAlert> opened() {
    return alerts.stream().filter(alert -> alert.state() == ScanAlert.State.OPENED).toList();
  }

  List<ScanAlert> ended() {
    return alerts.stream().filter(alert -> alert.state() == ScanAlert.State.ENDED).toList();
  }
}
