package io.github.sweepwatch.parser.firewall.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Names against comparing each. */
class FieldNamesProperties {
  private static final List<String> NAMES =
      List.of(
          "src",
          "dst",
          "spt",
          "s_port",
          "srcport",
          "sourcePort",
          "source-port-x",
          "sixteen_letters_",
          "sixteen_letters_a",
          "sixteen_lettersb_a",
          "destinationTransportPort");

  private static final FieldNames KNOWN =
      FieldNames.builder().put(Field.SOURCE, NAMES.toArray(new String[0])).build();

  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> near =
        Arbitraries.of(NAMES)
            .flatMap(
                name ->
                    Arbitraries.of(
                        name, name.toUpperCase(Locale.ROOT), name + "x", name.substring(1)));
    return Arbitraries.oneOf(
        near, Arbitraries.strings().withChars("srcdpot_").ofMinLength(1).ofMaxLength(30));
  }

  @Property
  void foundIsWhatIsEqual(@ForAll("names") String name) {
    for (String around : new String[] {"", "=", "=========="}) {
      byte[] bytes = (around + name + around).getBytes(StandardCharsets.UTF_8);
      int code = KNOWN.find(bytes, around.length(), around.length() + name.length());
      int index =
          NAMES.stream()
              .map(known -> known.toLowerCase(Locale.ROOT))
              .toList()
              .indexOf(name.toLowerCase(Locale.ROOT));
      assertEquals(index < 0 ? FieldNames.UNKNOWN : Fields.code(Field.SOURCE) + index, code, name);
    }
  }
}
