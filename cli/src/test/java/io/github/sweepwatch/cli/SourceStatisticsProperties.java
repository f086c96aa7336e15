package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SourceStatisticsProperties {
  private static final List<Integer> PROTOCOLS =
      List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP, Protocol.ICMP, 47, Protocol.UNKNOWN);

  /** Sources so few that many pass the limits, and some end on either side of them. */
  @Property(tries = 60)
  void equalsSql(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 2500) int records,
      @ForAll @IntRange(min = 1, max = 40) int sources,
      @ForAll @IntRange(min = 1, max = 60) int targets,
      @ForAll @IntRange(min = 1, max = 200) int ports)
      throws SQLException {
    Random random = new Random(seed);
    SourceStatistics statistics = new SourceStatistics();
    try (SqlOracle oracle = new SqlOracle()) {
      List<ConnectionEvent> events =
          IntStream.range(0, records)
              .mapToObj(i -> event(random, sources, targets, ports))
              .toList();
      for (ConnectionEvent event : events) {
        statistics.add(event);
        oracle.add(event);
      }
      assertEquals(
          new String(oracle.csv(), StandardCharsets.US_ASCII),
          csv(statistics).toString(StandardCharsets.US_ASCII));
    }
  }

  private static ByteArrayOutputStream csv(SourceStatistics statistics) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ResultStream out = new ResultStream("test", bytes)) {
      statistics.writeCsv(out);
    }
    return bytes;
  }

  private static ConnectionEvent event(Random random, int sources, int targets, int ports) {
    // Uneven, so that some sources have much and some little.
    int source = (int) (sources * random.nextDouble() * random.nextDouble());
    return ConnectionEvent.builder()
        .timeMicros(1)
        .source(address(source))
        .destination(address(random.nextInt(targets)))
        .protocol(PROTOCOLS.get(random.nextInt(PROTOCOLS.size())))
        .destinationPort(random.nextInt(ports) - 1)
        .count(1 + random.nextInt(3))
        .build();
  }

  /** IPv4 and IPv6, whose order as text is not their order as numbers. */
  private static IpAddress address(int index) {
    return index % 3 == 0
        ? new IpAddress(0x2001_0db8_0000_0000L, index * 77L)
        : IpAddress.ofIpv4(0x0a00_0000 | index * 7);
  }
}
