package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameUuidTest {
  /** RFC 9562, appendix A.4; STIX 2.1, section 2.9; others from Python's uuid. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8 | www.example.com          |"
            + " 2ed6657d-e927-568b-95e1-2665a8aea6a2",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8 | python.org               |"
            + " 886313e1-3b8a-5372-9b90-0c9aee199e5d",
        "00abedb4-aa42-466c-9c01-fed23315a9b7 | {\"value\":\"198.51.100.3\"} |"
            + " 28bb3599-77cd-5a82-a950-b5bc3caf07c4"
      })
  void isThatOfTheSpecification(UUID space, String name, UUID expected) {
    assertEquals(expected, NameUuid.of(space, name));
  }
}
