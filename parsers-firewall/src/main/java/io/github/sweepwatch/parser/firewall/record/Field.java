package io.github.sweepwatch.parser.firewall.record;

/** What a field of a record means, whatever its format calls it. */
public enum Field {
  /** When the record was made. */
  TIME,
  /** When the connection began. */
  START,
  /** When the connection ended. */
  END,
  /** A date without a time of day. */
  DATE,
  /** A time of day without a date. */
  CLOCK,
  /** The zone of times beside it. */
  ZONE,
  /** How long the connection lasted. */
  DURATION,
  /** The initiator's address, or that of the sender of a half. */
  SOURCE,
  /** The responder's address, or that of the receiver of a half. */
  DESTINATION,
  /** The source's port. */
  SOURCE_PORT,
  /** The destination's port. */
  DESTINATION_PORT,
  /** The IP protocol, by number or name. */
  PROTOCOL,
  /** What was done with the connection. */
  ACTION,
  /** Why it was done, or how the connection ended. */
  REASON,
  /** Whether it went through or not. */
  RESULT,
  /** What the source sent. */
  SOURCE_BYTES,
  /** What the destination sent. */
  DESTINATION_BYTES,
  /** How many packets the source sent. */
  SOURCE_PACKETS,
  /** How many packets the destination sent. */
  DESTINATION_PACKETS,
  /** The TCP flags. */
  FLAGS,
  /** The ICMP type. */
  ICMP_TYPE,
  /** The ICMP code. */
  ICMP_CODE,
  /** ICMP type and code in one. */
  ICMP,
  /** What made the record. */
  SENSOR,
  /** The account. */
  USER,
  /** How many connections the record stands for. */
  COUNT,
  /** Which way it went. */
  DIRECTION,
  /** What kind of record it is. */
  TYPE,
  /** What kind of record it is, more closely. */
  SUBTYPE,
  /** A number for the connection. */
  SESSION,
  /** The name of the service or application. */
  APPLICATION,
  /** A text that may hold a record of its own. */
  MESSAGE,
  /** Endpoints in a list. */
  TUPLES;

  /** How many fields there are. */
  static final int COUNT_OF_ALL = values().length;

  /** A number of its own for each field, from 0. */
  @SuppressWarnings("EnumOrdinal") // The index lives in memory only.
  int index() {
    return ordinal();
  }
}
