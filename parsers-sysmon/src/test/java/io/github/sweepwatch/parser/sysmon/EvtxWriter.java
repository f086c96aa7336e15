package io.github.sweepwatch.parser.sysmon;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes binary event logs the way Windows does: the first event of a kind holds its template,
 * those after it in the chunk refer to that, and the event's data is binary XML within a value.
 */
@SuppressWarnings("ByteBufferBackingArray")
final class EvtxWriter {
  private static final int CHUNK = 1 << 16;
  private static final String NAMESPACE = "http://schemas.microsoft.com/win/2004/08/events/event";

  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final Map<String, Integer> names = new HashMap<>();
  private final Map<String, Integer> templates = new HashMap<>();
  private ByteBuffer out = ByteBuffer.allocate(0);
  private long firstId;
  private long nextId = 1;
  private int lastRecord;
  boolean dirty;

  EvtxWriter() {
    newChunk();
  }

  private void newChunk() {
    finishChunk();
    out = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    chunks.add(out);
    names.clear();
    templates.clear();
    out.position(512);
    firstId = nextId;
  }

  private void finishChunk() {
    if (chunks.isEmpty()) {
      return;
    }
    int free = out.position();
    out.put(0, "ElfChnk\0".getBytes(StandardCharsets.US_ASCII));
    out.putLong(8, firstId).putLong(16, nextId - 1).putLong(24, firstId).putLong(32, nextId - 1);
    out.putInt(40, 128).putInt(44, lastRecord).putInt(48, free);
    out.putInt(52, checksum(out.array(), 512, free - 512));
    CRC32 header = new CRC32();
    header.update(out.array(), 0, 120);
    header.update(out.array(), 128, 384);
    out.putInt(124, (int) header.getValue());
  }

  byte[] file() {
    finishChunk();
    ByteBuffer header = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, "ElfFile\0".getBytes(StandardCharsets.US_ASCII));
    header.putLong(8, 0).putLong(16, chunks.size() - 1L).putLong(24, nextId);
    header.putInt(32, 128).putShort(36, (short) 1).putShort(38, (short) 3);
    header.putShort(40, (short) 4096).putShort(42, (short) chunks.size());
    header.putInt(120, dirty ? 1 : 0);
    header.putInt(124, checksum(header.array(), 0, 120));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(header.array());
    chunks.forEach(chunk -> file.writeBytes(chunk.array()));
    return file.toByteArray();
  }

  private static int checksum(byte[] bytes, int from, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes, from, length);
    return (int) checksum.getValue();
  }

  /** Adds an event; the data's values are texts. */
  EvtxWriter event(
      String provider,
      int eventId,
      Instant time,
      String channel,
      String computer,
      Map<String, String> data) {
    if (out.remaining() < 8192) {
      newChunk();
    }
    int start = out.position();
    lastRecord = start;
    long id = nextId++;
    out.putInt(0x2a2a).putInt(0).putLong(id).putLong(fileTime(time));
    fragment();
    int[] descriptors = instance("system", this::systemTemplate, 12);
    value(descriptors[0], 0x01, text(provider));
    value(descriptors[1], 0x0f, new byte[16]);
    value(descriptors[2], 0x06, number(eventId, 2));
    value(descriptors[3], 0x04, number(5, 1));
    value(descriptors[4], 0x15, number(Long.MIN_VALUE, 8));
    value(descriptors[5], 0x11, number(fileTime(time), 8));
    value(descriptors[6], 0x0a, number(id, 8));
    value(descriptors[7], 0x00, new byte[0]);
    value(descriptors[8], 0x01, text(channel));
    value(descriptors[9], 0x01, text(computer));
    value(descriptors[10], 0x13, new byte[] {1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0});
    int nested = out.position();
    fragment();
    List<String> keys = List.copyOf(data.keySet());
    int[] fields = instance("data" + keys, () -> dataTemplate(keys), keys.size());
    for (int i = 0; i < keys.size(); i++) {
      value(fields[i], 0x01, text(data.getOrDefault(keys.get(i), "")));
    }
    out.put((byte) 0);
    out.putShort(descriptors[11], (short) (out.position() - nested));
    out.put(descriptors[11] + 2, (byte) 0x21);
    out.put((byte) 0);
    while ((out.position() - start) % 8 != 4) {
      out.put((byte) 0);
    }
    int size = out.position() + 4 - start;
    out.putInt(size);
    out.putInt(start + 4, size);
    return this;
  }

  static long fileTime(Instant time) {
    return (time.getEpochSecond() + 11_644_473_600L) * 10_000_000 + time.getNano() / 100;
  }

  private void systemTemplate() {
    open("Event", true);
    attributes(() -> attribute("xmlns", () -> literal(NAMESPACE)));
    close();
    open("System", false);
    close();
    open("Provider", true);
    attributes(
        () -> {
          attribute("Name", true, () -> substitution(0, 0x01, false));
          attribute("Guid", () -> substitution(1, 0x0f, true));
        });
    closeEmpty();
    leaf("EventID", 2, 0x06);
    leaf("Version", 3, 0x04);
    leaf("Keywords", 4, 0x15);
    open("TimeCreated", true);
    attributes(() -> attribute("SystemTime", () -> substitution(5, 0x11, false)));
    closeEmpty();
    leaf("EventRecordID", 6, 0x0a);
    open("Correlation", true);
    attributes(() -> attribute("ActivityID", () -> substitution(7, 0x0f, true)));
    closeEmpty();
    leaf("Channel", 8, 0x01);
    leaf("Computer", 9, 0x01);
    open("Security", true);
    attributes(() -> attribute("UserID", () -> substitution(10, 0x13, true)));
    closeEmpty();
    end();
    substitution(11, 0x21, true);
    end();
  }

  private void dataTemplate(List<String> keys) {
    open("EventData", false);
    close();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      open("Data", true);
      attributes(() -> attribute("Name", () -> literal(key)));
      close();
      substitution(i, 0x01, false);
      end();
    }
    end();
  }

  private void leaf(String name, int index, int type) {
    open(name, false);
    close();
    substitution(index, type, true);
    end();
  }

  private void fragment() {
    out.put(new byte[] {0x0f, 1, 1, 0});
  }

  /** Writes a template's instance up to its values; returns where their descriptors are. */
  private int[] instance(String key, Runnable definition, int values) {
    out.put((byte) 0x0c).put((byte) 1).putInt(key.hashCode());
    Integer known = templates.get(key);
    if (known == null) {
      int at = out.position() + 4;
      templates.put(key, at);
      out.putInt(at);
      out.putInt(0).putInt(key.hashCode()).put(new byte[12]).putInt(0);
      int from = out.position();
      fragment();
      definition.run();
      out.put((byte) 0);
      out.putInt(from - 4, out.position() - from);
    } else {
      out.putInt(known);
    }
    out.putInt(values);
    int[] descriptors = new int[values];
    for (int i = 0; i < values; i++) {
      descriptors[i] = out.position();
      out.putInt(0);
    }
    return descriptors;
  }

  private void value(int descriptor, int type, byte[] bytes) {
    out.putShort(descriptor, (short) bytes.length);
    out.put(descriptor + 2, (byte) type);
    out.put(bytes);
  }

  // Where the size of each element that is open stands.
  private final List<Integer> open = new ArrayList<>();

  private void open(String name, boolean attributes) {
    out.put((byte) (attributes ? 0x41 : 0x01)).putShort((short) -1);
    open.add(out.position());
    out.putInt(0);
    name(name);
  }

  private void close() {
    out.put((byte) 2);
  }

  private void closeEmpty() {
    out.put((byte) 3);
    fillSize();
  }

  private void end() {
    out.put((byte) 4);
    fillSize();
  }

  private void fillSize() {
    for (int i = open.size() - 1; i >= 0; i--) {
      int size = open.get(i);
      if (out.getInt(size) == 0) {
        out.putInt(size, out.position() - size - 4);
        open.remove(i);
        return;
      }
    }
  }

  private void attributes(Runnable attributes) {
    int size = out.position();
    out.putInt(0);
    attributes.run();
    out.putInt(size, out.position() - size - 4);
  }

  private void attribute(String name, Runnable value) {
    attribute(name, false, value);
  }

  private void attribute(String name, boolean more, Runnable value) {
    out.put((byte) (more ? 0x46 : 0x06));
    name(name);
    value.run();
  }

  private void name(String name) {
    Integer known = names.get(name);
    if (known != null) {
      out.putInt(known);
      return;
    }
    int at = out.position() + 4;
    names.put(name, at);
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 65599 + name.charAt(i);
    }
    out.putInt(at).putInt(0).putShort((short) hash).putShort((short) name.length());
    out.put(text(name)).putShort((short) 0);
  }

  private void literal(String text) {
    out.put((byte) 0x05).put((byte) 1).putShort((short) text.length()).put(text(text));
  }

  private void substitution(int index, int type, boolean optional) {
    out.put((byte) (optional ? 0x0e : 0x0d)).putShort((short) index).put((byte) type);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] number(long value, int bytes) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    return Arrays.copyOf(all, bytes);
  }
}
