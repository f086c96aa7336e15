package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON of one line. Everything outside printable ASCII is escaped, so neither a control character
 * nor a Unicode line separator in a name can break a line or reach a terminal; so are {@code <},
 * {@code >} and {@code &}, so that a line can stand within a page's script. Half surrogate pairs,
 * at which strict readers refuse a whole line, become U+FFFD.
 */
final class JsonLine {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .characterEscapes(new MoreEscapes())
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private JsonLine() {}

  private static final class MoreEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] escapes = standardAsciiEscapesForJSON();
      for (char more : new char[] {'<', '>', '&', 0x7f}) {
        escapes[more] = ESCAPE_STANDARD;
      }
      return escapes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int point) {
      return null;
    }
  }

  private static final class WellFormed extends JsonGeneratorDelegate {
    WellFormed(JsonGenerator json) {
      super(json);
    }

    @Override
    public void writeString(String text) throws IOException {
      super.writeString(text.codePoints().noneMatch(WellFormed::half) ? text : whole(text));
    }

    private static boolean half(int point) {
      return Character.getType(point) == Character.SURROGATE;
    }

    private static String whole(String text) {
      StringBuilder whole = new StringBuilder(text.length());
      text.codePoints().map(point -> half(point) ? 0xfffd : point).forEach(whole::appendCodePoint);
      return whole.toString();
    }
  }

  /** A part of a line. */
  interface Part {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes an object, and ends the line. */
  static void write(OutputStream out, Part members) throws IOException {
    try (JsonGenerator json = new WellFormed(JSON.createGenerator(out))) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  static void addresses(JsonGenerator json, String field, List<IpAddress> values)
      throws IOException {
    strings(json, field, values.stream().map(IpAddress::toString).toList());
  }

  static void strings(JsonGenerator json, String field, Iterable<String> values)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  /** Writes a string, or nothing where there is none. */
  static void string(JsonGenerator json, String field, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }
}
