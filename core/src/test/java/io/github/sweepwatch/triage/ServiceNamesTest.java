package io.github.sweepwatch.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {
  @Test
  void namesWhatScansLookFor() {
    assertEquals("ssh", ServiceNames.name(22));
    assertEquals("microsoft-ds/SMB", ServiceNames.name(445));
    assertEquals("bacnet", ServiceNames.name(47808));
  }

  @Test
  void saysNothingOfOthers() {
    assertNull(ServiceNames.name(-1));
    assertNull(ServiceNames.name(0));
    assertNull(ServiceNames.name(65535));
    assertNull(ServiceNames.name(65536 + 22));
  }

  @Test
  void everyNameIsOneShortWord() {
    String[] names =
        IntStream.rangeClosed(0, 65535)
            .mapToObj(ServiceNames::name)
            .filter(Objects::nonNull)
            .toArray(String[]::new);
    assertTrue(names.length > 80, () -> names.length + " names");
    for (String name : names) {
      assertTrue(name.matches("[A-Za-z0-9][A-Za-z0-9-]*(/[A-Za-z0-9-]+)?"), name);
      assertTrue(name.length() <= 24, name);
    }
  }
}
