package io.github.sweepwatch.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.github.sweepwatch.detect.EndReason;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Protocol;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what {@link JsonAlertEncoder} writes, one object at a time. Members that it does not know
 * are passed over, and so is the member {@code explain}; everything else comes back as it was.
 *
 * <p>Thread-safe.
 */
public final class JsonAlertDecoder {
  /** The latest time that is taken for one, the start of the year 10000. */
  private static final long TIME_LIMIT_SECONDS = 253_402_300_800L;

  /** More decimals than this are no time of a log. */
  private static final int MAX_SCALE = 20;

  private static final int MAX_SHOWN = 60;

  private static final Set<String> NEEDED =
      Set.of(
          "schema",
          "id",
          "seq",
          "state",
          "type",
          "sources",
          "first_seen",
          "last_seen",
          "connections",
          "confidence");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(32).maxNumberLength(100).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /** A decoder. */
  public JsonAlertDecoder() {}

  /**
   * Reads one alert.
   *
   * @param bytes holds the object in UTF-8
   * @param from the first byte
   * @param to the end, exclusive
   * @return the alert, without an explanation
   * @throws IllegalArgumentException if the bytes are no alert of this {@link
   *     JsonAlertEncoder#SCHEMA}; the message says why
   */
  public ScanAlert decode(byte[] bytes, int from, int to) {
    try (JsonParser json = JSON.createParser(bytes, from, to - from)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no JSON object");
      }
      ScanAlert alert = alert(json);
      if (json.nextToken() != null) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      return alert;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("no valid JSON: " + e.getMessage(), e);
    }
  }

  private static ScanAlert alert(JsonParser json) throws IOException {
    ScanAlert.Builder alert = ScanAlert.builder();
    Set<String> missing = new HashSet<>(NEEDED);
    boolean authorised = false;
    String authority = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      missing.remove(name);
      switch (name) {
        case "authorised" -> authorised = bool(json);
        case "authorised_by" -> authority = text(json);
        default -> member(json, name, alert);
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "without " + String.join(", ", missing.stream().sorted().toList()));
    }
    // Authorised by what need not be said for it to count.
    return alert.authorisedBy(authorised && authority == null ? "unnamed" : authority).build();
  }

  private static void member(JsonParser json, String name, ScanAlert.Builder alert)
      throws IOException {
    switch (name) {
      case "schema" -> {
        long schema = count(json);
        if (schema != JsonAlertEncoder.SCHEMA) {
          throw wrong(json, schema + " is not understood");
        }
      }
      case "id" -> alert.id(id(json));
      case "seq" -> alert.seq(count(json));
      case "state" -> alert.state(constant(json, ScanAlert.State.class));
      case "type" -> alert.type(constant(json, ScanType.class));
      case "sources" -> alert.sources(addresses(json));
      case "source_network" -> alert.sourceNetwork(AddressBlock.parse(shown(text(json))));
      case "detected_at" -> alert.detectedAtMicros(time(json));
      case "first_seen" -> alert.firstSeenMicros(time(json));
      case "last_seen" -> alert.lastSeenMicros(time(json));
      case "ended_at" -> alert.endedAtMicros(time(json));
      case "end_reason" -> alert.endReason(constant(json, EndReason.class));
      case "unique_targets" -> alert.uniqueTargets(count(json));
      case "unique_ports" -> alert.uniquePorts(count(json));
      case "connections" -> alert.connections(count(json));
      case "failed" -> alert.failed(count(json));
      case "estimated" -> alert.estimated(bool(json));
      case "relative_error" -> alert.relativeError(number(json).doubleValue());
      case "ports" -> ports(json, alert);
      case "protocols" -> alert.protocols(protocols(json));
      case "targets" -> alert.targets(addresses(json));
      case "severity" -> alert.severity(constant(json, Severity.class));
      case "confidence" -> alert.confidence((int) Math.min(101, count(json)));
      case "technique" -> alert.technique(text(json));
      case "tactic" -> alert.tactic(text(json));
      case "reasons" -> alert.reasons(reasons(json));
      case "sensors" -> alert.sensors(texts(json));
      case "muted" -> alert.muted(bool(json));
      default -> json.skipChildren();
    }
  }

  private static String id(JsonParser json) throws IOException {
    String id = text(json);
    if (!id.matches("[0-9a-f]{16}")) {
      throw wrong(json, "not 16 hexadecimal digits");
    }
    return id;
  }

  private static List<IpAddress> addresses(JsonParser json) throws IOException {
    List<IpAddress> addresses = new ArrayList<>();
    for (String text : texts(json)) {
      addresses.add(IpAddress.parse(shown(text)));
    }
    return addresses;
  }

  private static void ports(JsonParser json, ScanAlert.Builder alert) throws IOException {
    expect(json, JsonToken.START_OBJECT, "an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "ranges" -> {
          List<PortRange> ranges = new ArrayList<>();
          for (String text : texts(json)) {
            ranges.add(range(json, text));
          }
          alert.ports(ranges);
        }
        case "truncated" -> alert.portsTruncated(bool(json));
        default -> json.skipChildren();
      }
    }
  }

  private static PortRange range(JsonParser json, String text) {
    if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
      throw wrong(json, "no range of ports: '" + shown(text) + "'");
    }
    int dash = text.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
    return new PortRange(first, dash < 0 ? first : Integer.parseInt(text.substring(dash + 1)));
  }

  private static List<Integer> protocols(JsonParser json) throws IOException {
    List<Integer> protocols = new ArrayList<>();
    for (String text : texts(json)) {
      int number =
          text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : Protocol.number(shown(text));
      if (number == Protocol.UNKNOWN) {
        throw wrong(json, "unknown: '" + shown(text) + "'");
      }
      protocols.add(number);
    }
    return protocols;
  }

  private static List<Reason> reasons(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY, "a list");
    List<Reason> reasons = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json, JsonToken.START_OBJECT, "a list of objects");
      String rule = "";
      long number = 0;
      long threshold = 0;
      long window = 0;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "rule" -> rule = text(json);
          case "count" -> number = count(json);
          case "threshold" -> threshold = count(json);
          case "window_s" -> window = count(json);
          default -> json.skipChildren();
        }
      }
      reasons.add(new Reason(rule, number, threshold, window));
    }
    return reasons;
  }

  private static List<String> texts(JsonParser json) throws IOException {
    expect(json, JsonToken.START_ARRAY, "a list");
    List<String> texts = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(json));
    }
    return texts;
  }

  private static String text(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_STRING, "a text");
    return json.getText();
  }

  private static boolean bool(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_TRUE) {
      return true;
    }
    expect(json, JsonToken.VALUE_FALSE, "true or false");
    return false;
  }

  private static long count(JsonParser json) throws IOException {
    expect(json, JsonToken.VALUE_NUMBER_INT, "a whole number");
    long count = json.getLongValue();
    if (count < 0) {
      throw wrong(json, "negative");
    }
    return count;
  }

  private static BigDecimal number(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      expect(json, JsonToken.VALUE_NUMBER_FLOAT, "a number");
    }
    BigDecimal number = json.getDecimalValue();
    // Else a few characters of exponent would become millions of digits.
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      throw wrong(json, "too large, or too many decimals");
    }
    return number;
  }

  private static long time(JsonParser json) throws IOException {
    BigDecimal seconds = number(json);
    if (seconds.signum() < 0 || seconds.compareTo(BigDecimal.valueOf(TIME_LIMIT_SECONDS)) >= 0) {
      throw wrong(json, "no time between the years 1970 and 9999");
    }
    return seconds.movePointRight(6).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  private static <T extends Enum<T>> T constant(JsonParser json, Class<T> type) throws IOException {
    String text = text(json);
    for (T constant : EnumSet.allOf(type)) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw wrong(json, "unknown: '" + shown(text) + "'");
  }

  private static void expect(JsonParser json, JsonToken token, String what) {
    if (json.currentToken() != token) {
      throw wrong(json, "not " + what);
    }
  }

  private static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private static IllegalArgumentException wrong(JsonParser json, String reason) {
    JsonStreamContext place = json.getParsingContext();
    // What stands in a list is named by the list's name.
    while (place.getParent() != null && place.getCurrentName() == null) {
      place = place.getParent();
    }
    return new IllegalArgumentException(place.getCurrentName() + ": " + reason);
  }
}
