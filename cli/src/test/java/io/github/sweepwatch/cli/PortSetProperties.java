package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PortSetProperties {
  @Property(tries = 300)
  void holdsEachPortOnceInOrder(
      @ForAll @Size(max = 300) List<@IntRange(max = 65535) Integer> ports) {
    PortSet set = new PortSet();
    ports.forEach(set::add);
    assertEquals(joined(ports), set.toString());
  }

  @Property(tries = 300)
  void holdsPortsThatComeAgain(@ForAll @Size(max = 300) List<@IntRange(max = 80) Integer> ports) {
    PortSet set = new PortSet();
    ports.forEach(set::add);
    ports.forEach(set::add);
    assertEquals(joined(ports), set.toString());
  }

  private static String joined(List<Integer> ports) {
    return new TreeSet<>(ports).stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
