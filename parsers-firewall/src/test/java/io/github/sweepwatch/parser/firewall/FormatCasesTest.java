package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.parser.firewall.cisco.CiscoParserProvider;
import io.github.sweepwatch.parser.firewall.meraki.MerakiParserProvider;
import io.github.sweepwatch.parser.firewall.mikrotik.MikroTikParserProvider;
import io.github.sweepwatch.parser.firewall.netfilter.NetfilterParserProvider;
import io.github.sweepwatch.parser.firewall.pf.PfParserProvider;
import io.github.sweepwatch.parser.firewall.sonicwall.SonicWallParserProvider;
import io.github.sweepwatch.parser.firewall.sophos.SophosParserProvider;
import io.github.sweepwatch.parser.firewall.srx.SrxParserProvider;
import io.github.sweepwatch.parser.firewall.sshd.SshdParserProvider;
import io.github.sweepwatch.parser.firewall.watchguard.WatchGuardParserProvider;
import io.github.sweepwatch.parser.firewall.windows.WindowsFirewallParserProvider;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Records and what they are to give. Each file is one stream: a record a line, and under it a line
 * with an arrow for each event or rejection; a record without one is passed over. Comments begin
 * with a double hash.
 */
class FormatCasesTest {
  private static final String ARROW = "=> ";

  /** The providers, each with a file of its name. */
  static List<ParserProvider> providers() {
    return List.of(
        new NetfilterParserProvider(),
        new MikroTikParserProvider(),
        new CiscoParserProvider(),
        new PfParserProvider(),
        new SrxParserProvider(),
        new WindowsFirewallParserProvider(),
        new SonicWallParserProvider(),
        new SophosParserProvider(),
        new WatchGuardParserProvider(),
        new MerakiParserProvider(),
        new SshdParserProvider());
  }

  static List<String> lines(String name) {
    String file = "cases/" + name + ".txt";
    InputStream in = Objects.requireNonNull(FormatCasesTest.class.getResourceAsStream(file), file);
    try (BufferedReader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return text.lines().filter(line -> !line.startsWith("## ")).collect(Collectors.toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> records(List<String> lines) {
    return lines.stream().filter(line -> !line.startsWith(ARROW)).toList();
  }

  @TestFactory
  List<DynamicTest> recordsGiveTheirEvents() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ParserProvider provider : providers()) {
      List<String> lines = lines(provider.name());
      List<String> records = records(lines);
      Transcript transcript = Transcript.of(provider, records);
      int at = 0;
      for (int i = 0; i < records.size(); i++) {
        List<String> expected = new ArrayList<>();
        at++;
        while (at < lines.size() && lines.get(at).startsWith(ARROW)) {
          expected.add(lines.get(at++).substring(ARROW.length()));
        }
        List<String> actual = transcript.on(i + 1);
        String name = provider.name() + ": " + records.get(i);
        tests.add(DynamicTest.dynamicTest(name, () -> assertEquals(expected, actual, name)));
      }
    }
    return tests;
  }
}
