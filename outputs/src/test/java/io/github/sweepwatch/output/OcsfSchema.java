package io.github.sweepwatch.output;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks events against the metaschema of OCSF as its files define it: attributes of a class and of
 * objects by inheritance, their types, enumerations with captions, requirements and constraints.
 * Attributes that only a profile brings are refused, since our events name none.
 */
final class OcsfSchema {
  private static final String ROOT = "/schemas/ocsf/";

  private final JsonNode attributes;
  private final JsonNode types;
  private final Map<String, Definition> definitions = new HashMap<>();

  OcsfSchema() {
    JsonNode dictionary = JsonTree.resource(ROOT + "dictionary.json");
    attributes = dictionary.path("attributes");
    types = dictionary.path("types").path("attributes");
  }

  /** A class or object, with what it inherits: each attribute's definitions, nearest first. */
  private record Definition(Map<String, List<JsonNode>> attributes, JsonNode constraints) {
    /** A property of an attribute, from the nearest definition that has it. */
    @Nullable JsonNode property(String attribute, String name) {
      for (JsonNode each : attributes.getOrDefault(attribute, List.of())) {
        if (each.has(name)) {
          return each.get(name);
        }
      }
      return null;
    }
  }

  /** What is wrong with a Detection Finding; empty if nothing. */
  List<String> errors(JsonNode event) {
    List<String> errors = new ArrayList<>();
    check("", "events/findings/detection_finding", event, errors);
    long activity = event.path("activity_id").asLong();
    expect(errors, event.path("class_uid").asLong() == 2004, "class_uid");
    expect(errors, event.path("category_uid").asLong() == 2, "category_uid");
    expect(errors, event.path("type_uid").asLong() == 2004 * 100 + activity, "type_uid");
    for (JsonNode observable : event.path("observables")) {
      // Of the dictionary: the number of the type of the attribute that is pointed to.
      String pointer =
          "/"
              + observable
                  .path("name")
                  .asString()
                  .replaceAll("\\[(\\d+)]", "/$1")
                  .replace('.', '/');
      expect(errors, event.at(pointer).equals(observable.path("value")), pointer);
      String attribute = pointer.substring(pointer.lastIndexOf('/') + 1);
      JsonNode type = types.path(attributes.path(attribute).path("type").asString());
      expect(errors, type.path("observable").equals(observable.path("type_id")), "observable type");
      expect(errors, type.path("caption").equals(observable.path("type")), "observable caption");
    }
    return errors;
  }

  private static void expect(List<String> errors, boolean holds, String what) {
    if (!holds) {
      errors.add("wrong: " + what);
    }
  }

  private Definition definition(String file) {
    Definition known = definitions.get(file);
    if (known != null) {
      return known;
    }
    Map<String, List<JsonNode>> merged = new LinkedHashMap<>();
    JsonNode constraints = null;
    String at = file;
    while (true) {
      JsonNode node = JsonTree.resource(ROOT + at + ".json");
      for (Map.Entry<String, JsonNode> each : JsonTree.members(node.path("attributes"))) {
        if (!each.getKey().equals("$include")) {
          merged.computeIfAbsent(each.getKey(), key -> new ArrayList<>()).add(each.getValue());
        }
      }
      if (constraints == null && node.has("constraints")) {
        constraints = node.get("constraints");
      }
      String parent = node.path("extends").asString("");
      if (parent.isEmpty()) {
        Definition made =
            new Definition(merged, constraints == null ? node.path("none") : constraints);
        definitions.put(file, made);
        return made;
      }
      at = at.startsWith("objects/") ? "objects/" + parent : event(parent);
    }
  }

  private static String event(String name) {
    return name.equals("base_event") ? "events/base_event" : "events/findings/" + name;
  }

  private void check(String path, String file, JsonNode object, List<String> errors) {
    if (!object.isObject()) {
      errors.add(path + " is no object");
      return;
    }
    Definition definition = definition(file);
    for (String attribute : definition.attributes().keySet()) {
      JsonNode requirement = definition.property(attribute, "requirement");
      boolean required = requirement != null && requirement.asString().equals("required");
      if (required && !object.has(attribute)) {
        errors.add(path + "." + attribute + " is required");
      }
    }
    JsonNode one = definition.constraints().path("at_least_one");
    if (!one.isEmpty()) {
      boolean met = false;
      for (JsonNode each : one) {
        met |= object.has(each.asString());
      }
      expect(errors, met, path + " has none of " + one);
    }
    for (Map.Entry<String, JsonNode> member : JsonTree.members(object)) {
      checkMember(path, definition, member.getKey(), member.getValue(), object, errors);
    }
  }

  private void checkMember(
      String path,
      Definition definition,
      String name,
      JsonNode value,
      JsonNode object,
      List<String> errors) {
    String at = path + "." + name;
    if (!definition.attributes().containsKey(name) || !attributes.has(name)) {
      errors.add(at + " is no attribute");
      return;
    }
    JsonNode entry = attributes.path(name);
    boolean array = entry.path("is_array").asBoolean(false);
    if (array != value.isArray()) {
      errors.add(at + (array ? " must be an array" : " must be one value"));
      return;
    }
    JsonNode deprecated = definition.property(name, "@deprecated");
    expect(errors, deprecated == null && !entry.has("@deprecated"), at + " is deprecated");
    JsonNode ownType = definition.property(name, "type");
    String type = ownType == null ? entry.path("type").asString() : ownType.asString();
    for (JsonNode each : array ? value : List.of(value)) {
      if (types.has(type)) {
        checkType(at, type, each, errors);
      } else if (!type.equals("object")) {
        check(at, "objects/" + type, each, errors);
      }
      checkEnum(at, definition, name, each, object, errors);
    }
  }

  private void checkType(String at, String type, JsonNode value, List<String> errors) {
    JsonNode definition = types.path(type);
    String base = definition.path("type").asString(type);
    boolean fits =
        switch (base) {
          case "string_t" -> value.isString();
          case "integer_t", "long_t" -> value.isIntegralNumber() && value.canConvertToLong();
          case "boolean_t" -> value.isBoolean();
          case "float_t" -> value.isNumber();
          default -> false;
        };
    expect(errors, fits, at + " is no " + type + ": " + value);
    if (definition.has("regex") && fits) {
      Pattern pattern = Pattern.compile(definition.path("regex").asString());
      expect(errors, pattern.matcher(value.asString()).find(), at + " does not match: " + value);
    }
    if (definition.has("max_len")) {
      int most = definition.path("max_len").asInt();
      expect(errors, value.asString().length() <= most, at + " is too long: " + value);
    }
    JsonNode range = definition.path("range");
    if (!range.isEmpty()) {
      long number = value.asLong();
      boolean inside = number >= range.get(0).asLong() && number <= range.get(1).asLong();
      expect(errors, inside, at + " is out of range: " + value);
    }
  }

  /** A number must be one of those listed, and its caption stand beside it, if any does. */
  private void checkEnum(
      String at,
      Definition definition,
      String name,
      JsonNode value,
      JsonNode object,
      List<String> errors) {
    List<JsonNode> lists = new ArrayList<>();
    definition
        .attributes()
        .getOrDefault(name, List.of())
        .forEach(each -> lists.add(each.path("enum")));
    lists.add(attributes.path(name).path("enum"));
    boolean listed = lists.stream().anyMatch(list -> !list.isEmpty());
    // Those of observables are the numbers of types, checked with the observables.
    boolean compiled = at.startsWith(".observables") || name.equals("class_uid");
    if (!listed || compiled || name.equals("category_uid")) {
      return;
    }
    JsonNode found = null;
    for (JsonNode list : lists) {
      if (found == null && list.has(value.asString())) {
        found = list.get(value.asString());
      }
    }
    if (found == null) {
      errors.add(at + " may not be " + value);
      return;
    }
    String sibling = attributes.path(name).path("sibling").asString("");
    boolean other = value.asLong() == 99;
    if (object.has(sibling) && !other) {
      expect(errors, object.get(sibling).equals(found.get("caption")), at + "'s caption");
    }
    expect(errors, !other || object.has(sibling), at + " needs " + sibling);
  }
}
