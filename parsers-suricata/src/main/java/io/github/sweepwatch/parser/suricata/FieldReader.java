package io.github.sweepwatch.parser.suricata;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.NumberParser;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one record after the other, and keeps what was wrong first. */
final class FieldReader {
  private static final int HEX_DIGIT = 4;

  private @Nullable EveField badField;
  private String badReason = "";

  void start() {
    badField = null;
  }

  /** Says that a field is not what it should be; counts if nothing was wrong before. */
  void bad(EveField field, String expected) {
    if (badField == null) {
      badField = field;
      badReason = expected;
    }
  }

  /** What was wrong first, or null. */
  @Nullable String reason(EveRecord record) {
    EveField field = badField;
    if (field == null) {
      return null;
    }
    if (!record.has(field)) {
      return field + " is not set";
    }
    return field
        + " is no "
        + badReason
        + ": "
        + Excerpt.of(record.bytes(field), record.from(field), record.to(field));
  }

  void address(EveRecord record, EveField field, AddressParser parser) {
    if (!record.has(field)
        || !parser.parse(record.bytes(field), record.from(field), record.to(field))) {
      bad(field, "IP address");
    }
  }

  /** A whole number, or {@link io.github.sweepwatch.event.ConnectionEvent#NOT_GIVEN}. */
  long number(EveRecord record, EveField field, long max) {
    if (!record.has(field)) {
      return NOT_GIVEN;
    }
    long value = NumberParser.unsigned(record.bytes(field), record.from(field), record.to(field));
    if (value < 0 || value > max) {
      bad(field, max == 0xffff ? "port" : max == 0xff ? "number from 0 to 255" : "number");
      return NOT_GIVEN;
    }
    return value;
  }

  /** TCP flags in hexadecimal, or {@link io.github.sweepwatch.event.ConnectionEvent#NOT_GIVEN}. */
  int flags(EveRecord record, EveField field) {
    if (!record.has(field)) {
      return NOT_GIVEN;
    }
    byte[] bytes = record.bytes(field);
    int value = 0;
    int from = record.from(field);
    int to = record.to(field);
    for (int i = from; i < to; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0 || to - from > HEX_DIGIT) {
        bad(field, "hexadecimal number");
        return NOT_GIVEN;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
