package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What each source touched: exact, so it grows with the distinct contacts. */
final class SourceStatistics {
  private static final int TARGETS = 20;
  private static final int RECORDS = 100;

  private final Map<IpAddress, Tally> tallies = new HashMap<>();

  /** Counts a record. */
  void add(ConnectionEvent event) {
    Tally tally = tallies.computeIfAbsent(event.source(), source -> new Tally());
    tally.records++;
    tally.targets.add(event.destination());
    // SCTP has no port 0 (RFC 9260, section 3.1): logs write it where they read none.
    int lowest = event.protocol() == Protocol.SCTP ? 1 : 0;
    if (Protocol.hasPorts(event.protocol()) && event.destinationPort() >= lowest) {
      tally.ports.add(event.destinationPort());
    }
  }

  /**
   * Writes the sources with more than 20 targets or more than 100 records, by targets falling, then
   * by the bytes of the address's text.
   */
  void writeCsv(ResultStream out) {
    out.text("src_ip,unique_targets,ports,count\n");
    tallies.entrySet().stream()
        .filter(
            entry ->
                entry.getValue().targets.size() > TARGETS || entry.getValue().records > RECORDS)
        .map(entry -> new Row(entry.getKey().toString(), entry.getValue()))
        .sorted(
            Comparator.comparing((Row row) -> -row.tally.targets.size())
                // All ASCII, so the order of chars is the order of bytes.
                .thenComparing(Row::source))
        .forEach(row -> out.text(row.csv()));
  }

  private record Row(String source, Tally tally) {
    String csv() {
      return source + ',' + tally.targets.size() + ',' + tally.ports + ',' + tally.records + '\n';
    }
  }

  private static final class Tally {
    private final Set<IpAddress> targets = new HashSet<>(2);
    private final PortSet ports = new PortSet();
    private long records;
  }
}
