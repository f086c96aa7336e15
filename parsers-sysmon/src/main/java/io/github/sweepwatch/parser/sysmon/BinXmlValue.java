package io.github.sweepwatch.parser.sysmon;

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
  private static final int SECONDS_A_DAY = 86_400;
  private static final int DAYS_TO_1970 = 719_468;
  private static final int DAYS_AN_ERA = 146_097;

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
          out.hex(bytes[i] & 0xff, 2);
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
      case INT8 -> out.signed(bytes[at]);
      case UINT8 -> out.decimal(bytes[at] & 0xff, 1);
      case INT16 -> out.signed((short) LittleEndian.u16(bytes, at));
      case UINT16 -> out.decimal(LittleEndian.u16(bytes, at), 1);
      case INT32 -> out.signed(LittleEndian.i32(bytes, at));
      case UINT32 -> out.decimal(LittleEndian.u32(bytes, at), 1);
      case INT64 -> out.signed(LittleEndian.i64(bytes, at));
      case UINT64 -> out.decimal(LittleEndian.i64(bytes, at), 1);
      case FLOAT -> out.raw(Float.toString(Float.intBitsToFloat(LittleEndian.i32(bytes, at))));
      case DOUBLE -> out.raw(Double.toString(Double.longBitsToDouble(LittleEndian.i64(bytes, at))));
      case BOOLEAN -> out.raw(LittleEndian.i32(bytes, at) == 0 ? "false" : "true");
      case HEX32 -> hex(LittleEndian.u32(bytes, at), out);
      case HEX64 -> hex(LittleEndian.i64(bytes, at), out);
      case SIZE -> hex(size == 8 ? LittleEndian.i64(bytes, at) : LittleEndian.u32(bytes, at), out);
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

  private static void hex(long number, XmlOutput out) {
    out.raw("0x");
    out.hex(number, 1);
  }

  private static void guid(byte[] bytes, int at, XmlOutput out) {
    out.raw('{');
    out.hex(LittleEndian.u32(bytes, at), 8);
    out.raw('-');
    out.hex(LittleEndian.u16(bytes, at + 4), 4);
    out.raw('-');
    out.hex(LittleEndian.u16(bytes, at + 6), 4);
    for (int i = 8; i < 16; i++) {
      if (i == 8 || i == 10) {
        out.raw('-');
      }
      out.hex(bytes[at + i] & 0xff, 2);
    }
    out.raw('}');
  }

  private static void fileTime(long ticks, XmlOutput out) {
    long seconds = Long.divideUnsigned(ticks, TICKS_A_SECOND) - SECONDS_1601_TO_1970;
    long fraction = Long.remainderUnsigned(ticks, TICKS_A_SECOND);
    long days = Math.floorDiv(seconds, SECONDS_A_DAY);
    int second = Math.floorMod(seconds, SECONDS_A_DAY);
    // Years from March on, in cycles of 400: the leap day is a year's last.
    long shifted = days + DAYS_TO_1970;
    long era = Math.floorDiv(shifted, DAYS_AN_ERA);
    long day = Math.floorMod(shifted, DAYS_AN_ERA);
    long yearOfEra = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    long dayOfYear = day - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long march = (5 * dayOfYear + 2) / 153;
    int month = (int) (march < 10 ? march + 3 : march - 9);
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int dayOfMonth = (int) (dayOfYear - (153 * march + 2) / 5 + 1);
    date((int) year, month, dayOfMonth, out);
    time(second / 3600, second / 60 % 60, second % 60, out);
    out.decimal(fraction, 7);
    out.raw('Z');
  }

  private static void systemTime(byte[] bytes, int at, XmlOutput out) {
    int month = LittleEndian.u16(bytes, at + 2);
    int day = LittleEndian.u16(bytes, at + 6);
    int hour = LittleEndian.u16(bytes, at + 8);
    int minute = LittleEndian.u16(bytes, at + 10);
    int second = LittleEndian.u16(bytes, at + 12);
    int milli = LittleEndian.u16(bytes, at + 14);
    date(LittleEndian.u16(bytes, at), month, day, out);
    time(hour, minute, second, out);
    out.decimal(milli, 3);
    out.raw('Z');
  }

  private static void date(int year, int month, int day, XmlOutput out) {
    out.decimal(year, 4);
    out.raw('-');
    out.decimal(month, 2);
    out.raw('-');
    out.decimal(day, 2);
  }

  private static void time(int hour, int minute, int second, XmlOutput out) {
    out.raw('T');
    out.decimal(hour, 2);
    out.raw(':');
    out.decimal(minute, 2);
    out.raw(':');
    out.decimal(second, 2);
    out.raw('.');
  }

  private static void sid(byte[] bytes, int from, int size, XmlOutput out) {
    if (size < 8) {
      return;
    }
    long authority = 0;
    for (int i = from + 2; i < from + 8; i++) {
      authority = authority << 8 | (bytes[i] & 0xff);
    }
    out.raw("S-");
    out.decimal(bytes[from] & 0xff, 1);
    out.raw('-');
    out.decimal(authority, 1);
    int parts = Math.min(bytes[from + 1] & 0xff, (size - 8) / 4);
    for (int i = 0; i < parts; i++) {
      out.raw('-');
      out.decimal(LittleEndian.u32(bytes, from + 8 + 4 * i), 1);
    }
  }
}
