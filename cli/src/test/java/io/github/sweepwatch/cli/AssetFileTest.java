package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.Criticality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class AssetFileTest {
  private static final Asset WORKSTATION =
      new Asset(
          AddressBlock.parse("10.1.0.0/16"), "workstation", "it, desk", Criticality.LOW, null);

  private static Asset find(String name, String text) {
    return Objects.requireNonNull(AssetFile.read(name, text).find(IpAddress.parse("10.1.2.3")));
  }

  @Test
  void readsYaml() {
    String text =
        """
        assets:
          - address: 10.1.0.0/16
            role: workstation
            owner: it, desk
            criticality: low
          - {address: '2001:db8::/32', zone: 7}
        """;
    assertEquals(WORKSTATION, find("assets.yaml", text));
    assertNull(AssetFile.read("a", text).find(IpAddress.parse("10.2.0.1")));
    assertEquals(
        new Asset(AddressBlock.parse("2001:db8::/32"), null, null, null, "7"),
        AssetFile.read("a", text).find(IpAddress.parse("2001:db8::1")));
  }

  @Test
  void readsCsvWithColumnsInAnyOrder() {
    assertEquals(
        WORKSTATION,
        find(
            "Assets.CSV",
            "owner,address,zone,role,criticality\r\n\"it, desk\",10.1.0.0/16,,workstation,low"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a.yaml; 'assets:\n  - {address: 10.0.0.1, colour: red}'; a.yaml:2: unknown key 'colour'",
        "a.yaml; 'hosts: []'; a.yaml:1: unknown key 'hosts'",
        "a.yaml; 'assets:\n  - {role: server}'; a.yaml:2: an asset has an 'address'",
        "a.yaml; 'assets:\n"
            + "- {address: 10.0.0.1, role: [a]}'; a.yaml:2: 'role' is no text or number",
        "a.yaml; 'assets: x'; a.yaml:1: 'assets' is no list",
        "a.yaml; '{}'; a.yaml:1: no list 'assets'",
        "a.yaml; 'assets:\n- {address: 10.0.0.0/33}'; a.yaml:2: 'address' is no address or network",
        "a.yaml; 'assets:\n- {address: 1.2.3.4}\n- {address: 1.2.3.4/32}'; a.yaml:3: a second",
        "a.yaml; 'assets:\n"
            + "- {address: 10.0.0.1, criticality: vital}'; a.yaml:2: 'criticality' is neither",
        "a.csv; 'address,colour'; a.csv:1: unknown column 'colour'",
        "a.csv; 'address,address'; a.csv:1: a column is given twice",
        "a.csv; ''; a.csv:1: nothing in it",
        "a.csv; 'address,role\n10.0.0.1'; a.csv:2: 1 column where the first line has 2",
        "a.csv; 'address,role\n\"\n\",x\n10.0.0.1,\"y'; a.csv:2: 'address' is no address",
        "a.csv; 'role\nserver'; a.csv:2: an asset has an 'address'",
      })
  void saysWhatIsWrongAndWhere(String name, String text, String message) {
    YamlProblem problem =
        assertThrows(YamlProblem.class, () -> AssetFile.read(name, text == null ? "" : text));
    assertTrue(String.valueOf(problem.getMessage()).startsWith(message), problem.getMessage());
  }

  @Test
  void aFileThatCannotBeReadIsWrongUsage(@TempDir Path folder) throws Exception {
    AssetFile files = new AssetFile();
    String missing = folder.resolve("missing.csv").toString();
    assertEquals(
        missing + ": no such file",
        assertThrows(TypeConversionException.class, () -> files.convert(missing)).getMessage());
    Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'a', (byte) 0xe4});
    assertTrue(
        String.valueOf(
                assertThrows(TypeConversionException.class, () -> files.convert(latin.toString()))
                    .getMessage())
            .endsWith("not in UTF-8"));
    Path good = Files.writeString(folder.resolve("good.csv"), "address\n10.1.2.3\n");
    assertTrue(files.convert(good.toString()).find(IpAddress.parse("10.1.2.3")) != null);
  }
}
