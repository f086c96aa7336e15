package io.github.sweepwatch.output;

import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.explain.AnsweredProbe;
import java.util.List;

/** Probes that succeeded, in a word each. */
final class AnsweredText {
  private AnsweredText() {}

  /** {@code 10.0.0.8:445/tcp}, {@code [2001:db8::8]:445/tcp}, {@code 10.0.0.8/icmp}. */
  static List<String> list(List<AnsweredProbe> probes) {
    return probes.stream().map(AnsweredText::word).toList();
  }

  private static String word(AnsweredProbe probe) {
    String host = probe.host().toString();
    if (Protocol.hasPorts(probe.protocol())) {
      host = (probe.host().isIpv4() ? host : "[" + host + "]") + ":" + probe.port();
    }
    return host + "/" + Protocol.text(probe.protocol());
  }
}
