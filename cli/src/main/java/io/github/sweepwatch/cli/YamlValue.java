package io.github.sweepwatch.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file that remembers its line. Each question that it cannot answer is a {@link
 * YamlProblem}.
 */
final class YamlValue {
  private final String file;
  private final String name;
  private final Node node;

  private YamlValue(String file, String name, Node node) {
    this.file = file;
    this.name = name;
    this.node = node;
  }

  /**
   * The one document of a text.
   *
   * @param file what messages call it
   * @param text YAML 1.2
   */
  static YamlValue of(String file, String text) {
    try {
      Optional<Node> root = new Compose(LoadSettings.builder().build()).composeString(text);
      return new YamlValue(
          file, "file", root.orElseThrow(() -> new YamlProblem(file, 1, "nothing in it")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
      throw new YamlProblem(file, line, "no YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new YamlProblem(file, 1, "no YAML: " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new YamlProblem(file, 1, "nested too deep");
    }
  }

  /** What is wrong here. */
  YamlProblem problem(String reason) {
    return new YamlProblem(file, node.getStartMark().map(Mark::getLine).orElse(0) + 1, reason);
  }

  private YamlProblem isNo(String wanted) {
    return problem("'" + name + "' is no " + wanted);
  }

  /** The values of a mapping by their keys, none of them unknown and none given twice. */
  Map<String, YamlValue> fields(Set<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw isNo("mapping of keys to values");
    }
    Map<String, YamlValue> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      YamlValue key = new YamlValue(file, "key", tuple.getKeyNode());
      String text = key.node instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!known.contains(text)) {
        throw key.problem(
            "unknown key '"
                + text
                + "'; there are: "
                + String.join(", ", known.stream().sorted().toList()));
      }
      if (fields.put(text, new YamlValue(file, text, tuple.getValueNode())) != null) {
        throw key.problem("'" + text + "' is given twice");
      }
    }
    return fields;
  }

  /** The items of a list. */
  List<YamlValue> items() {
    if (!(node instanceof SequenceNode sequence)) {
      throw isNo("list");
    }
    List<YamlValue> items = new ArrayList<>();
    sequence.getValue().forEach(item -> items.add(new YamlValue(file, name, item)));
    return items;
  }

  /** A text, quoted or not. */
  String text() {
    return scalar(Tag.STR, "text (quote it if it looks like something else)");
  }

  /** A text or a whole number, as it is written. */
  String textOrNumber() {
    return isTagged(Tag.INT) ? scalar(Tag.INT, "number") : scalar(Tag.STR, "text or number");
  }

  boolean isNumber() {
    return isTagged(Tag.INT);
  }

  boolean truth() {
    return scalar(Tag.BOOL, "true or false").equals("true");
  }

  /** A whole number within a range. */
  int number(int least, int most) {
    String digits = scalar(Tag.INT, "whole number");
    try {
      int number = Integer.parseInt(digits);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Too long, or in a notation that is not ours.
    }
    throw problem("'" + name + "' is not " + least + " to " + most + ": " + digits);
  }

  private boolean isTagged(Tag tag) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(tag);
  }

  private String scalar(Tag tag, String wanted) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
      return scalar.getValue();
    }
    throw isNo(wanted);
  }
}
