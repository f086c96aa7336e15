package io.github.sweepwatch.output;

import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Checks documents against Elastic's list of the fields of ECS. */
final class EcsSchema {
  /** Our own fields, in one object, as ECS asks of custom fields. */
  private static final String CUSTOM = "sweepwatch";

  private final JsonNode fields;

  EcsSchema() {
    String name = "/schemas/ecs/ecs_flat.yml.gz";
    InputStream in = Objects.requireNonNull(EcsSchema.class.getResourceAsStream(name), name);
    try (InputStream yaml = new GZIPInputStream(in)) {
      fields = new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is wrong with a document; empty if nothing. */
  List<String> errors(JsonNode document) {
    List<String> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    walk("", document, seen, errors);
    for (Map.Entry<String, JsonNode> field : JsonTree.members(fields)) {
      if (field.getValue().path("required").asBoolean(false) && !seen.contains(field.getKey())) {
        errors.add("missing: " + field.getKey());
      }
    }
    JsonNode event = document.path("event");
    for (JsonNode type : event.path("type")) {
      for (JsonNode category : event.path("category")) {
        JsonNode expected = allowed("event.category", category).path("expected_event_types");
        if (!contains(expected, type)) {
          errors.add("event.type " + type + " not expected of category " + category);
        }
      }
    }
    return errors;
  }

  private void walk(String path, JsonNode object, Set<String> seen, List<String> errors) {
    for (Map.Entry<String, JsonNode> member : JsonTree.members(object)) {
      String name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
      JsonNode value = member.getValue();
      if (name.equals(CUSTOM)) {
        continue;
      }
      JsonNode field = fields.path(name);
      if (value.isObject()) {
        walk(name, value, seen, errors);
      } else if (field.isMissingNode()) {
        errors.add("no field of ECS: " + name);
      } else {
        seen.add(name);
        boolean array = contains(field.path("normalize"), "array");
        if (array != value.isArray()) {
          errors.add(name + (array ? " must be an array" : " must be one value"));
        }
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
          check(name, field, each, errors);
        }
      }
    }
  }

  private void check(String name, JsonNode field, JsonNode value, List<String> errors) {
    String type = field.path("type").asString();
    boolean fits =
        switch (type) {
          case "keyword", "constant_keyword", "wildcard", "match_only_text" -> value.isString();
          case "long", "integer" -> value.isIntegralNumber() && value.canConvertToLong();
          case "float", "double", "scaled_float" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "date" -> value.isString() && isDate(value.asString());
          case "ip" -> value.isString() && isAddress(value.asString());
          default -> false;
        };
    if (!fits) {
      errors.add(name + " is no " + type + ": " + value);
    }
    JsonNode values = field.path("allowed_values");
    if (!values.isEmpty() && allowed(name, value).isMissingNode()) {
      errors.add(name + " may not be " + value);
    }
    JsonNode expected = field.path("expected_values");
    if (!expected.isEmpty() && !contains(expected, value)) {
      errors.add(name + " is not expected to be " + value);
    }
  }

  private JsonNode allowed(String name, JsonNode value) {
    for (JsonNode each : fields.path(name).path("allowed_values")) {
      if (each.path("name").equals(value)) {
        return each;
      }
    }
    return fields.path("missing");
  }

  private static boolean contains(JsonNode array, JsonNode value) {
    return contains(array, value.asString());
  }

  private static boolean contains(JsonNode array, String value) {
    for (JsonNode each : array) {
      if (each.asString().equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDate(String text) {
    try {
      return Instant.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isAddress(String text) {
    try {
      return IpAddress.parse(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
