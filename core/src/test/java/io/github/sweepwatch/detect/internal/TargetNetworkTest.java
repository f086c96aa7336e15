package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.IpAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 10.1.2.200, true",
    "10.1.2.3, 10.1.3.3, false",
    "10.1.2.3 10.1.3.9, 10.1.2.200, true",
    "10.1.2.3 10.1.3.9, 10.1.4.1, false",
    "10.1.2.3 10.1.200.9 10.1.2.4, 10.1.77.1, true",
    "10.1.2.3 10.1.200.9, 10.2.0.1, false",
    "10.1.2.3, 2001:db8::1, false",
    "2001:db8::1, 2001:db8::ffff:0:0:1, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "2001:db8::1 2001:db8:0:1::1, 2001:db8:0:1::9, true",
    "2001:db8::1 2001:db8:0:1::1, 2001:db8:0:2::9, false"
  })
  void holdsWhatIsInTheSmallestNetworkOfAll(String noted, String address, boolean held) {
    List<IpAddress> all = Stream.of(noted.split(" ")).map(IpAddress::parse).toList();
    TargetNetwork network = TargetNetwork.of(all.get(0).high(), all.get(0).low());
    for (IpAddress each : all) {
      network = network.with(each.high(), each.low());
    }
    IpAddress sought = IpAddress.parse(address);
    assertEquals(held, network.contains(sought.high(), sought.low()));
  }
}
