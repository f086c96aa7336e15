package io.github.sweepwatch.parser.sysmon;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Writes a typed value of binary XML as text, as Windows' own export does. Thread-safe. */
final class BinXmlValue {
  /** Binary XML within binary XML. */
  static final int BINARY_XML = 0x21;

  private static final int NULL = 0x00;
  private static final int STRING = 0x01;
  private static final int ANSI_STRING = 0x02;
  private static final int INT8 = 0x03;
  private static final int UINT8 = 0x04;
  private static final int INT16 = 0x05;
  private static final int UINT16 = 0x06;
  private static final int INT32 = 0x07;
  private static final int UINT32 = 0x08;
  private static final int INT64 = 0x09;
  private static final int UINT64 = 0x0a;
  private static final int FLOAT = 0x0b;
  private static final int DOUBLE = 0x0c;
  private static final int BOOLEAN = 0x0d;
  private static final int BINARY = 0x0e;
  private static final int GUID = 0x0f;
  private static final int SIZE = 0x10;
  private static final int FILE_TIME = 0x11;
  private static final int SYSTEM_TIME = 0x12;
  private static final int SID = 0x13;
  private static final int HEX32 = 0x14;
  private static final int HEX64 = 0x15;
  private static final int STRING_ARRAY = 0x81;

  private static final long TICKS_A_SECOND = 10_000_000;
  private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private BinXmlValue() {}

  /** Writes a value. One whose size is not that of its type is written as far as it goes. */
  static void write(int type, byte[] bytes, int from, int size, XmlOutput out) {
    switch (type) {
      case NULL -> {}
      case STRING -> string(bytes, from, size, out);
      case STRING_ARRAY -> strings(bytes, from, size, out);
      case ANSI_STRING -> {
        for (int i = from; i < from + size && bytes[i] != 0; i++) {
          out.character(bytes[i] & 0xff);
        }
      }
      case BINARY -> {
        for (int i = from; i < from + size; i++) {
          out.raw(HEX.toHighHexDigit(bytes[i]));
          out.raw(HEX.toLowHexDigit(bytes[i]));
        }
      }
      case SID -> sid(bytes, from, size, out);
      default -> {
        int needed = sizeOf(type, size);
        if (needed > 0 && size >= needed) {
          fixed(type, bytes, from, needed, out);
        }
      }
    }
  }

  private static int sizeOf(int type, int size) {
    return switch (type) {
      case INT8, UINT8 -> 1;
      case INT16, UINT16 -> 2;
      case INT32, UINT32, FLOAT, BOOLEAN, HEX32 -> 4;
      case INT64, UINT64, DOUBLE, FILE_TIME, HEX64 -> 8;
      case SIZE -> size >= 8 ? 8 : 4;
      case GUID, SYSTEM_TIME -> 16;
      default -> 0;
    };
  }

  private static void fixed(int type, byte[] bytes, int at, int size, XmlOutput out) {
    switch (type) {
      case INT8 -> out.raw(Integer.toString(bytes[at]));
      case UINT8 -> out.raw(Integer.toString(bytes[at] & 0xff));
      case INT16 -> out.raw(Integer.toString((short) LittleEndian.u16(bytes, at)));
      case UINT16 -> out.raw(Integer.toString(LittleEndian.u16(bytes, at)));
      case INT32 -> out.raw(Integer.toString(LittleEndian.i32(bytes, at)));
      case UINT32 -> out.raw(Long.toString(LittleEndian.u32(bytes, at)));
      case INT64 -> out.raw(Long.toString(LittleEndian.i64(bytes, at)));
      case UINT64 -> out.raw(Long.toUnsignedString(LittleEndian.i64(bytes, at)));
      case FLOAT -> out.raw(Float.toString(Float.intBitsToFloat(LittleEndian.i32(bytes, at))));
      case DOUBLE -> out.raw(Double.toString(Double.longBitsToDouble(LittleEndian.i64(bytes, at))));
      case BOOLEAN -> out.raw(LittleEndian.i32(bytes, at) == 0 ? "false" : "true");
      case HEX32 -> out.raw("0x" + Integer.toHexString(LittleEndian.i32(bytes, at)));
      case HEX64 -> out.raw("0x" + Long.toHexString(LittleEndian.i64(bytes, at)));
      case SIZE ->
          out.raw(
              "0x"
                  + Long.toHexString(
                      size == 8 ? LittleEndian.i64(bytes, at) : LittleEndian.u32(bytes, at)));
      case GUID -> guid(bytes, at, out);
      case FILE_TIME -> fileTime(LittleEndian.i64(bytes, at), out);
      case SYSTEM_TIME -> systemTime(bytes, at, out);
      default -> throw new MalformedXml("a value of unknown type " + type);
    }
  }

  /* Some strings have their terminator counted in. */
  private static void string(byte[] bytes, int from, int size, XmlOutput out) {
    int to = from + (size & ~1);
    while (to > from && bytes[to - 2] == 0 && bytes[to - 1] == 0) {
      to -= 2;
    }
    out.utf16(bytes, from, to);
  }

  private static void strings(byte[] bytes, int from, int size, XmlOutput out) {
    int start = from;
    for (int i = from; i + 1 < from + size; i += 2) {
      if (bytes[i] == 0 && bytes[i + 1] == 0) {
        if (start > from) {
          out.raw(", ");
        }
        out.utf16(bytes, start, i);
        start = i + 2;
      }
    }
  }

  private static void guid(byte[] bytes, int at, XmlOutput out) {
    out.raw("{" + HEX.toHexDigits(LittleEndian.i32(bytes, at)));
    out.raw("-" + HEX.toHexDigits((short) LittleEndian.u16(bytes, at + 4)));
    out.raw("-" + HEX.toHexDigits((short) LittleEndian.u16(bytes, at + 6)));
    out.raw("-" + HEX.formatHex(bytes, at + 8, at + 10));
    out.raw("-" + HEX.formatHex(bytes, at + 10, at + 16) + "}");
  }

  private static void fileTime(long ticks, XmlOutput out) {
    long seconds = Long.divideUnsigned(ticks, TICKS_A_SECOND) - SECONDS_1601_TO_1970;
    long fraction = Long.remainderUnsigned(ticks, TICKS_A_SECOND);
    time(LocalDateTime.ofEpochSecond(seconds, (int) fraction * 100, ZoneOffset.UTC), out);
  }

  private static void systemTime(byte[] bytes, int at, XmlOutput out) {
    int month = LittleEndian.u16(bytes, at + 2);
    int day = LittleEndian.u16(bytes, at + 6);
    int hour = LittleEndian.u16(bytes, at + 8);
    int minute = LittleEndian.u16(bytes, at + 10);
    int second = LittleEndian.u16(bytes, at + 12);
    int milli = LittleEndian.u16(bytes, at + 14);
    boolean valid =
        month >= 1
            && month <= 12
            && day >= 1
            && day <= 28 + (month == 2 ? 0 : 3)
            && hour < 24
            && minute < 60
            && second < 60
            && milli < 1000;
    if (valid) {
      time(
          LocalDateTime.of(LittleEndian.u16(bytes, at), month, 1, hour, minute, second)
              .plusDays(day - 1L)
              .plusNanos(milli * 1_000_000L),
          out);
    }
  }

  private static void time(LocalDateTime time, XmlOutput out) {
    padded(time.getYear(), 4, out);
    out.raw('-');
    padded(time.getMonthValue(), 2, out);
    out.raw('-');
    padded(time.getDayOfMonth(), 2, out);
    out.raw('T');
    padded(time.getHour(), 2, out);
    out.raw(':');
    padded(time.getMinute(), 2, out);
    out.raw(':');
    padded(time.getSecond(), 2, out);
    out.raw('.');
    padded(time.getNano() / 100, 7, out);
    out.raw('Z');
  }

  private static void padded(int number, int digits, XmlOutput out) {
    String text = Integer.toString(number);
    for (int i = text.length(); i < digits; i++) {
      out.raw('0');
    }
    out.raw(text);
  }

  private static void sid(byte[] bytes, int from, int size, XmlOutput out) {
    if (size < 8) {
      return;
    }
    long authority = 0;
    for (int i = from + 2; i < from + 8; i++) {
      authority = authority << 8 | (bytes[i] & 0xff);
    }
    out.raw("S-" + (bytes[from] & 0xff) + "-" + authority);
    int parts = Math.min(bytes[from + 1] & 0xff, (size - 8) / 4);
    for (int i = 0; i < parts; i++) {
      out.raw("-" + LittleEndian.u32(bytes, from + 8 + 4 * i));
    }
  }
}
