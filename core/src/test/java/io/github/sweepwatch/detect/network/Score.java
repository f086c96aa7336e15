package io.github.sweepwatch.detect.network;

import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a detector made of one network, held against the truth. A scan is found if an incident of
 * one of its sources (of a distributed one: incidents of half of them) was detected from its first
 * connection to ten minutes after its last; its type is that of the incident that lasted longest.
 * Whoever else is named in an incident, found scan or not, is accused.
 */
final class Score {
  private static final long GRACE_MICROS = 600_000_000;
  private static final long EARLY_MICROS = 1_000_000;

  /** Sources that come by with a packet or a page: they count neither for nor against. */
  private static final Set<String> PASSERS_BY = Set.of("radiation", "peer", "customer");

  /**
   * What became of one scan.
   *
   * @param label the scan
   * @param found whether it was found
   * @param exact whether its type is exact
   * @param connections how many of its connections had begun when it was detected
   * @param incidents how many incidents it gave
   * @param account the types and first rules, for people
   */
  record Found(
      Label label, boolean found, boolean exact, int connections, int incidents, String account) {}

  final String network;
  final List<Found> scans = new ArrayList<>();
  final Map<String, Set<IpAddress>> accused = new TreeMap<>();
  final Set<IpAddress> decoysRaised = new LinkedHashSet<>();
  final List<String> notScans = new ArrayList<>();
  int benign;
  int authorised;
  int authorisedRecorded;
  int authorisedAlerted;

  private final Network truth;
  private final List<Incidents.Incident> incidents;
  private final Set<Incidents.Incident> used = new LinkedHashSet<>();

  private Score(Network truth, List<Incidents.Incident> incidents) {
    this.network = truth.name();
    this.truth = truth;
    this.incidents = incidents;
    truth.labelled().forEach(this::hold);
    incidents.forEach(this::blame);
    benign =
        (int)
            truth.roles().entrySet().stream()
                .filter(entry -> !PASSERS_BY.contains(entry.getValue()))
                .count();
  }

  static Score of(Network network, Iterable<ConnectionEvent> events) {
    return new Score(network, Incidents.of(network, events));
  }

  /** How many everyday sources are accused, those that only come by left out. */
  long accusedSources() {
    return accused.entrySet().stream()
        .filter(entry -> !PASSERS_BY.contains(role(entry.getKey())))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  private static String role(String key) {
    return key.substring(0, key.indexOf(':'));
  }

  private static long time(ConnectionEvent event) {
    return event.timeMicros();
  }

  private void hold(Label label, List<ConnectionEvent> events) {
    long first = events.stream().mapToLong(Score::time).min().orElseThrow();
    long last = events.stream().mapToLong(Score::time).max().orElseThrow();
    List<Incidents.Incident> hits =
        incidents.stream()
            .filter(incident -> incident.sources().stream().anyMatch(label::isBy))
            .filter(incident -> incident.opened().detectedAtMicros() >= first - EARLY_MICROS)
            .filter(incident -> incident.opened().detectedAtMicros() <= last + GRACE_MICROS)
            .toList();
    switch (label.kind()) {
      case NOT_SCAN -> {
        if (!hits.isEmpty()) {
          notScans.add(label.name() + " as " + account(hits));
        }
        used.addAll(hits);
      }
      case AUTHORISED -> {
        authorised++;
        authorisedRecorded += hits.isEmpty() ? 0 : 1;
        authorisedAlerted += hits.stream().allMatch(hit -> hit.last().authorised()) ? 0 : 1;
        used.addAll(hits);
      }
      case SCAN -> scan(label, events, hits);
    }
  }

  private void scan(Label label, List<ConnectionEvent> events, List<Incidents.Incident> hits) {
    used.addAll(hits);
    Set<IpAddress> named =
        hits.stream().flatMap(hit -> hit.sources().stream()).collect(Collectors.toSet());
    long own = label.sources().stream().filter(named::contains).count();
    boolean enough =
        !hits.isEmpty() && (label.block() != null || own * 2 >= label.sources().size());
    if (!enough) {
      scans.add(new Found(label, false, false, 0, hits.size(), account(hits)));
      return;
    }
    Incidents.Incident longest = hits.get(0);
    long detected = Long.MAX_VALUE;
    for (Incidents.Incident hit : hits) {
      longest = hit.span() > longest.span() ? hit : longest;
      detected = Math.min(detected, hit.opened().detectedAtMicros());
    }
    long until = detected;
    int connections = (int) events.stream().filter(event -> time(event) <= until).count();
    boolean exact = longest.last().type() == label.expected();
    scans.add(new Found(label, true, exact, connections, hits.size(), account(hits)));
  }

  private static String account(List<Incidents.Incident> hits) {
    return hits.stream()
        .map(hit -> hit.last().type() + "/" + firstRule(hit))
        .distinct()
        .limit(4)
        .collect(Collectors.joining(" "));
  }

  private static String firstRule(Incidents.Incident incident) {
    List<Reason> reasons = incident.opened().reasons();
    return reasons.get(0).rule();
  }

  private void blame(Incidents.Incident incident) {
    if (incident.last().authorised()) {
      return;
    }
    boolean spoofed =
        incident.last().reasons().stream().anyMatch(r -> r.rule().equals("possibly-spoofed"));
    for (IpAddress source : incident.sources()) {
      boolean labelled =
          used.contains(incident)
              && truth.labelled().keySet().stream().anyMatch(label -> label.isBy(source));
      if (labelled) {
        continue;
      }
      if (truth.labelled().keySet().stream().anyMatch(label -> label.decoys().contains(source))) {
        if (!used.contains(incident) || !spoofed) {
          decoysRaised.add(source);
        }
        continue;
      }
      String role = truth.roles().getOrDefault(source, "nobody");
      accused
          .computeIfAbsent(
              role + ": " + incident.last().type() + "/" + firstRule(incident),
              key -> new LinkedHashSet<>())
          .add(source);
    }
  }
}
