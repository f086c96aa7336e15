package io.github.sweepwatch.output;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON strictly: one value, no name twice. With Jackson 3, which writes nothing here. */
final class JsonTree {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonTree() {}

  static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  static JsonNode resource(String name) {
    InputStream in = Objects.requireNonNull(JsonTree.class.getResourceAsStream(name), name);
    return MAPPER.readTree(in);
  }

  static Iterable<Map.Entry<String, JsonNode>> members(JsonNode object) {
    return object.properties();
  }
}
