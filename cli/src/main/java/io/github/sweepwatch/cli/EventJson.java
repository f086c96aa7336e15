package io.github.sweepwatch.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.text.AddressFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes events and rejections as JSON lines, all ASCII. Not thread-safe. */
final class EventJson implements AutoCloseable {
  private static final SerializedString FILE = new SerializedString("file");
  private static final SerializedString LINE = new SerializedString("line");
  private static final SerializedString KIND = new SerializedString("kind");
  private static final SerializedString CONNECTION = new SerializedString("connection");
  private static final SerializedString LOGON = new SerializedString("logon");
  private static final SerializedString TIME = new SerializedString("ts_ms");
  private static final SerializedString SOURCE = new SerializedString("src_ip");
  private static final SerializedString SOURCE_PORT = new SerializedString("src_port");
  private static final SerializedString DESTINATION = new SerializedString("dst_ip");
  private static final SerializedString DESTINATION_PORT = new SerializedString("dst_port");
  private static final SerializedString PROTOCOL = new SerializedString("proto");
  private static final SerializedString PROTOCOL_NUMBER = new SerializedString("proto_num");
  private static final SerializedString OUTCOME = new SerializedString("outcome");
  private static final SerializedString INITIATOR = new SerializedString("initiator");
  private static final SerializedString CERTAIN = new SerializedString("certain");
  private static final SerializedString UNKNOWN = new SerializedString("unknown");
  private static final SerializedString ICMP_TYPE = new SerializedString("icmp_type");
  private static final SerializedString ICMP_CODE = new SerializedString("icmp_code");
  private static final SerializedString SOURCE_BYTES = new SerializedString("src_bytes");
  private static final SerializedString DESTINATION_BYTES = new SerializedString("dst_bytes");
  private static final SerializedString SOURCE_PACKETS = new SerializedString("src_pkts");
  private static final SerializedString DESTINATION_PACKETS = new SerializedString("dst_pkts");
  private static final SerializedString COUNT = new SerializedString("count");
  private static final SerializedString SENSOR = new SerializedString("sensor");
  private static final SerializedString HOST = new SerializedString("host");
  private static final SerializedString USER = new SerializedString("user");
  private static final SerializedString IMAGE = new SerializedString("image");
  private static final SerializedString METHOD = new SerializedString("method");
  private static final SerializedString SUCCESS = new SerializedString("success");
  private static final SerializedString REASON = new SerializedString("reason");
  private static final Map<Outcome, SerializedString> OUTCOMES = outcomes();

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .rootValueSeparator("")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private final JsonGenerator json;

  EventJson(ResultStream out) {
    try {
      json = JSON.createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Outcome, SerializedString> outcomes() {
    Map<Outcome, SerializedString> names = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      names.put(outcome, new SerializedString(outcome.name().toLowerCase(Locale.ROOT)));
    }
    return names;
  }

  void connection(String file, long line, ConnectionEvent event) {
    try {
      start(file, line);
      json.writeFieldName(KIND);
      json.writeString(CONNECTION);
      number(TIME, event.timeMicros() / 1000);
      address(SOURCE, event.sourceHigh(), event.sourceLow());
      number(SOURCE_PORT, event.sourcePort());
      address(DESTINATION, event.destinationHigh(), event.destinationLow());
      number(DESTINATION_PORT, event.destinationPort());
      text(PROTOCOL, Protocol.name(event.protocol()));
      number(PROTOCOL_NUMBER, event.protocol());
      json.writeFieldName(OUTCOME);
      json.writeString(OUTCOMES.get(event.outcome()));
      json.writeFieldName(INITIATOR);
      json.writeString(event.initiatorCertain() ? CERTAIN : UNKNOWN);
      number(ICMP_TYPE, event.icmpType());
      number(ICMP_CODE, event.icmpCode());
      number(SOURCE_BYTES, event.sourceBytes());
      number(DESTINATION_BYTES, event.destinationBytes());
      number(SOURCE_PACKETS, event.sourcePackets());
      number(DESTINATION_PACKETS, event.destinationPackets());
      number(COUNT, event.count());
      text(SENSOR, event.sensor());
      text(HOST, event.host());
      text(USER, event.user());
      text(IMAGE, event.image());
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void logon(String file, long line, LogonEvent event) {
    try {
      start(file, line);
      json.writeFieldName(KIND);
      json.writeString(LOGON);
      number(TIME, event.timeMicros() / 1000);
      address(SOURCE, event.source().high(), event.source().low());
      IpAddress target = event.target();
      if (target != null) {
        address(DESTINATION, target.high(), target.low());
      }
      text(HOST, event.targetHost());
      text(USER, event.account());
      text(METHOD, event.method());
      json.writeFieldName(SUCCESS);
      json.writeBoolean(event.success());
      text(SENSOR, event.sensor());
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void rejection(String file, long line, String reason) {
    try {
      start(file, line);
      text(REASON, reason);
      end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands everything to the stream below, which stays open. */
  @Override
  public void close() {
    try {
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(String file, long line) throws IOException {
    json.writeStartObject();
    text(FILE, file);
    number(LINE, line);
  }

  private void end() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private void address(SerializedString field, long high, long low) throws IOException {
    json.writeFieldName(field);
    json.writeString(AddressFormat.format(high, low));
  }

  /** Leaves out what is not given. */
  private void number(SerializedString field, long value) throws IOException {
    if (value >= 0) {
      json.writeFieldName(field);
      json.writeNumber(value);
    }
  }

  /** Leaves out what is not given. */
  private void text(SerializedString field, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeFieldName(field);
      json.writeString(value);
    }
  }
}
