package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.NumberParser;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the values that several kinds of event have. Not thread-safe. */
final class FieldValues {
  private final Names names = new Names();
  private byte[] joined = new byte[0];

  /** Parses an address, which may have a zone: {@code fe80::1%4}. */
  boolean address(EventRecord record, EventField field, AddressParser parser) {
    byte[] bytes = record.bytes(field);
    int from = record.from(field);
    int to = record.to(field);
    int end = from;
    while (end < to && bytes[end] != '%') {
      end++;
    }
    return record.has(field) && parser.parse(bytes, from, end);
  }

  /** A number up to a limit; {@link NumberParser#INVALID} for everything else. */
  long number(EventRecord record, EventField field, int max) {
    byte[] bytes = record.bytes(field);
    long value = NumberParser.unsigned(bytes, record.from(field), record.to(field));
    return value > max ? NumberParser.INVALID : value;
  }

  /** Whether a field is the wanted text, in lower case, in whatever case. */
  boolean is(EventRecord record, EventField field, byte[] wanted) {
    byte[] bytes = record.bytes(field);
    return Bytes.equalsIgnoreCase(bytes, record.from(field), record.to(field), wanted);
  }

  /** Whether a field begins with the wanted text, in lower case, in whatever case. */
  boolean startsWith(EventRecord record, EventField field, byte[] wanted) {
    byte[] bytes = record.bytes(field);
    return Bytes.startsIgnoreCase(bytes, record.from(field), record.to(field), wanted);
  }

  /** Whether a field has the wanted text, in lower case, in whatever case. */
  boolean contains(EventRecord record, EventField field, byte[] wanted) {
    byte[] bytes = record.bytes(field);
    return Bytes.containsIgnoreCase(bytes, record.from(field), record.to(field), wanted);
  }

  /** A field as text, or null where it is not set. */
  @Nullable String text(EventRecord record, EventField field) {
    return record.has(field) ? names.of(record, field) : null;
  }

  /** An account, with its domain before it where that is set: {@code DOMAIN\name}. */
  @Nullable String account(EventRecord record, EventField domain, EventField name) {
    if (!record.has(domain) || !record.has(name) || hasDomain(record, name)) {
      return text(record, name);
    }
    byte[] domainBytes = record.bytes(domain);
    byte[] nameBytes = record.bytes(name);
    int domainLength = record.to(domain) - record.from(domain);
    int nameLength = record.to(name) - record.from(name);
    int length = domainLength + 1 + nameLength;
    if (joined.length < length) {
      joined = Arrays.copyOf(joined, length);
    }
    System.arraycopy(domainBytes, record.from(domain), joined, 0, domainLength);
    joined[domainLength] = '\\';
    System.arraycopy(nameBytes, record.from(name), joined, domainLength + 1, nameLength);
    return names.of(joined, 0, length);
  }

  private static boolean hasDomain(EventRecord record, EventField name) {
    byte[] bytes = record.bytes(name);
    int i = record.from(name);
    while (i < record.to(name) && bytes[i] != '\\') {
      i++;
    }
    return i < record.to(name);
  }

  /** Why a field cannot be used. */
  String reason(EventRecord record, EventField field, String label, String kind) {
    if (!record.has(field)) {
      return label + " is not set";
    }
    byte[] bytes = record.bytes(field);
    return label
        + " is no "
        + kind
        + ": "
        + Excerpt.of(bytes, record.from(field), record.to(field));
  }
}
