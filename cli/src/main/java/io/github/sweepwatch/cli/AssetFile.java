package io.github.sweepwatch.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.Criticality;
import io.github.sweepwatch.triage.AssetDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a directory of assets: YAML with a list {@code assets}, or CSV whose first line names the
 * columns. An entry has an {@code address}, of a host or a network, and may have a {@code role}, an
 * {@code owner}, a {@code criticality} and a {@code zone}. What cannot be read as it is meant is
 * refused, with file and line.
 */
final class AssetFile implements ITypeConverter<AssetDirectory> {
  private static final int MOST_BYTES = 64 << 20;
  private static final String ADDRESS = "address";
  private static final String ROLE = "role";
  private static final String OWNER = "owner";
  private static final String CRITICALITY = "criticality";
  private static final String ZONE = "zone";
  private static final List<String> KEYS = List.of(ADDRESS, ROLE, OWNER, CRITICALITY, ZONE);
  private static final String LIST = "assets";

  @Override
  public AssetDirectory convert(String name) {
    try (InputStream in = Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new TypeConversionException(name + ": longer than 64 MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return read(name, text);
    } catch (YamlProblem e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    } catch (CharacterCodingException e) {
      throw new TypeConversionException(name + ": not in UTF-8");
    } catch (IOException | InvalidPathException e) {
      throw new TypeConversionException(name + ": " + LogInput.reason(name, e));
    }
  }

  /**
   * The directory of a text.
   *
   * @param name the file's; by its end, {@code .csv} is told from YAML
   */
  static AssetDirectory read(String name, String text) {
    Entries entries = new Entries(name);
    if (name.toLowerCase(Locale.ROOT).endsWith(".csv")) {
      csv(entries, text);
    } else {
      yaml(entries, text);
    }
    return new AssetDirectory(entries.assets);
  }

  private static void yaml(Entries entries, String text) {
    YamlValue root = YamlValue.of(entries.file, text);
    YamlValue list = root.fields(Set.of(LIST)).get(LIST);
    if (list == null) {
      throw root.problem("no list '" + LIST + "'");
    }
    for (YamlValue item : list.items()) {
      Map<String, String> values = new HashMap<>();
      item.fields(Set.copyOf(KEYS)).forEach((key, value) -> values.put(key, value.textOrNumber()));
      entries.add(values, item::problem);
    }
  }

  private static void csv(Entries entries, String text) {
    long line = 1;
    List<String> columns = List.of();
    try (CsvReader<CsvRecord> rows =
        CsvReader.builder()
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)) {
      for (CsvRecord row : rows) {
        line = row.getStartingLineNumber();
        if (columns.isEmpty()) {
          columns = columns(entries.file, row);
        } else {
          entries.add(values(entries.file, columns, row), at(entries.file, line));
        }
      }
    } catch (CsvParseException e) {
      throw at(entries.file, line).of("no CSV: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (columns.isEmpty()) {
      throw at(entries.file, 1).of("nothing in it");
    }
  }

  private static List<String> columns(String file, CsvRecord row) {
    Problem problem = at(file, row.getStartingLineNumber());
    List<String> columns = row.getFields();
    for (String column : columns) {
      if (!KEYS.contains(column)) {
        throw problem.of("unknown column '" + column + "'; there are: " + String.join(", ", KEYS));
      }
    }
    if (new HashSet<>(columns).size() < columns.size()) {
      throw problem.of("a column is given twice");
    }
    return columns;
  }

  private static Map<String, String> values(String file, List<String> columns, CsvRecord row) {
    if (row.getFieldCount() != columns.size()) {
      throw at(file, row.getStartingLineNumber())
          .of(
              Count.of(row.getFieldCount(), "column")
                  + " where the first line has "
                  + columns.size());
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!row.getField(i).isEmpty()) {
        values.put(columns.get(i), row.getField(i));
      }
    }
    return values;
  }

  private static Problem at(String file, long line) {
    return reason -> new YamlProblem(file, (int) line, reason);
  }

  /** Says where something is wrong. */
  private interface Problem {
    YamlProblem of(String reason);
  }

  /** The entries so far. */
  private static final class Entries {
    private final String file;
    private final List<Asset> assets = new ArrayList<>();
    private final Map<AddressBlock, Asset> known = new HashMap<>();

    Entries(String file) {
      this.file = file;
    }

    void add(Map<String, String> values, Problem problem) {
      String address = values.get(ADDRESS);
      if (address == null) {
        throw problem.of("an asset has an '" + ADDRESS + "'");
      }
      AddressBlock block;
      try {
        block = AddressBlock.parse(address);
      } catch (IllegalArgumentException e) {
        throw problem.of("'" + ADDRESS + "' is no address or network: '" + address + "'");
      }
      Asset asset =
          new Asset(
              block,
              values.get(ROLE),
              values.get(OWNER),
              criticality(values.get(CRITICALITY), problem),
              values.get(ZONE));
      if (known.put(block, asset) != null) {
        throw problem.of("a second asset of " + block);
      }
      assets.add(asset);
    }

    private static @Nullable Criticality criticality(@Nullable String text, Problem problem) {
      if (text == null) {
        return null;
      }
      for (Criticality criticality : Criticality.values()) {
        if (criticality.name().toLowerCase(Locale.ROOT).equals(text)) {
          return criticality;
        }
      }
      throw problem.of(
          "'" + CRITICALITY + "' is neither low, medium, high nor critical: '" + text + "'");
    }
  }
}
