package io.github.sweepwatch.output;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks bundles against the schemas of OASIS, and what those cannot say. */
final class StixSchema {
  private static final String PUBLISHED =
      "http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/";

  private final Schema bundle;

  StixSchema() {
    // Whatever is asked for is looked up here: nothing is fetched.
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemas(
                    iri ->
                        iri.startsWith(PUBLISHED)
                            ? JsonTree.resource(
                                    "/schemas/stix/schemas/" + iri.substring(PUBLISHED.length()))
                                .toString()
                            : null));
    bundle = registry.getSchema(SchemaLocation.of(PUBLISHED + "common/bundle.json"));
  }

  /** What is wrong with a bundle; empty if nothing. */
  List<String> errors(JsonNode node) {
    List<String> errors = new ArrayList<>();
    for (Error error : bundle.validate(node)) {
      errors.add(error.toString());
    }
    Set<String> ids = new HashSet<>();
    for (JsonNode object : node.path("objects")) {
      String id = object.path("id").asString();
      expect(errors, ids.add(id), "twice: " + id);
      expect(errors, id.startsWith(object.path("type").asString() + "--"), "type of " + id);
      checkTimes(errors, object);
    }
    for (JsonNode object : node.path("objects")) {
      for (Map.Entry<String, JsonNode> member : JsonTree.members(object)) {
        if (member.getKey().endsWith("_ref") || member.getKey().endsWith("_refs")) {
          JsonNode value = member.getValue();
          for (JsonNode ref : value.isArray() ? value : List.of(value)) {
            expect(errors, ids.contains(ref.asString()), "not in the bundle: " + ref);
          }
        }
      }
    }
    return errors;
  }

  /** Section 3.2: exactly three decimals; not modified before it was created. */
  private static void checkTimes(List<String> errors, JsonNode object) {
    for (String field : List.of("created", "modified")) {
      if (object.has(field)) {
        String time = Objects.requireNonNull(object.get(field)).asString();
        expect(errors, time.matches(".*\\.\\d{3}Z"), field + " " + time);
      }
    }
    order(errors, object, "created", "modified");
    order(errors, object, "first_seen", "last_seen");
    order(errors, object, "first_observed", "last_observed");
  }

  private static void order(List<String> errors, JsonNode object, String first, String then) {
    String before = object.path(first).asString("");
    String after = object.path(then).asString("");
    expect(errors, before.compareTo(after) <= 0, then + " before " + first + ": " + after);
  }

  private static void expect(List<String> errors, boolean holds, String what) {
    if (!holds) {
      errors.add("wrong: " + what);
    }
  }
}
