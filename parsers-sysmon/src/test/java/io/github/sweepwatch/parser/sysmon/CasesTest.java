package io.github.sweepwatch.parser.sysmon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Raw records beside what they give: in each file a case is its title after {@code ====}, the
 * stream, and after {@code ----} the events and rejections, as {@link Parsed} prints them.
 */
class CasesTest {
  record Case(String title, String raw, List<String> expected) {}

  static List<Case> cases(String file) {
    List<Case> cases = new ArrayList<>();
    String text;
    try (InputStream in =
        Objects.requireNonNull(CasesTest.class.getResourceAsStream("cases/" + file))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String part : text.substring(5).split("(?m)^==== ", -1)) {
      int titleEnd = part.indexOf('\n');
      int rawEnd = part.indexOf("\n----\n");
      List<String> expected = part.substring(rawEnd + 6).lines().toList();
      cases.add(
          new Case(
              part.substring(0, titleEnd), part.substring(titleEnd + 1, rawEnd + 1), expected));
    }
    return cases;
  }

  @TestFactory
  Stream<DynamicTest> eachCase() {
    return Stream.of("xml", "sysmon", "filtering", "logons", "json", "text")
        .flatMap(
            file ->
                cases(file + ".txt").stream()
                    .map(
                        each ->
                            dynamicTest(
                                file + ": " + each.title(),
                                () ->
                                    assertEquals(
                                        String.join("\n", each.expected()),
                                        String.join(
                                            "\n",
                                            Parsed.of(each.raw().getBytes(StandardCharsets.UTF_8))
                                                .lines)))));
  }
}
