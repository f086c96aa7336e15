package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes the logon of a Security or Remote Desktop event, where it came over the network: one that
 * names no address, or only the host's own, gives none. Not thread-safe.
 */
final class LogonDecoder {
  private static final byte[] REMOTE_INTERACTIVE = ascii("10");
  private static final byte[] NTLM = ascii("ntlm");
  private static final byte[] PACKAGE_V1 = ascii("microsoft_authentication_package");
  private static final byte[] KERBEROS = ascii("kerberos");
  private static final byte[] LOCALHOST = ascii("localhost");
  private static final byte[] LOCAL = ascii("local");
  private static final byte[] ZERO = ascii("0");

  private final FieldValues values;
  private final AddressParser address = new AddressParser();

  LogonDecoder(FieldValues values) {
    this.values = values;
  }

  /**
   * Makes the logon.
   *
   * @return null, or why there is none
   */
  @Nullable String decode(EventRecord record, int eventId, long micros, EventSink sink) {
    EventField from = EventField.ADDRESS;
    if (!record.has(from)) {
      from = record.has(EventField.SOURCE) ? EventField.SOURCE : EventField.WORKSTATION;
    }
    if (!isAddress(record, from)) {
      boolean nameOnly = from == EventField.WORKSTATION || values.startsWith(record, from, LOCAL);
      return nameOnly || !record.has(from)
          ? null
          : values.reason(record, from, "source address", "IP address");
    }
    if (IpAddress.isLoopbackOrUnspecified(address.high(), address.low())) {
      return null;
    }
    sink.logon(
        new LogonEvent(
            micros,
            new IpAddress(address.high(), address.low()),
            null,
            target(record, eventId),
            values.account(record, EventField.ACCOUNT_DOMAIN, EventField.ACCOUNT),
            method(record, eventId),
            succeeded(record, eventId),
            null));
    return null;
  }

  /* Remote Desktop's events give the port, too: 192.0.2.1:50000 or [2001:db8::1]:50000. */
  private boolean isAddress(EventRecord record, EventField field) {
    if (values.address(record, field, address)) {
      return true;
    }
    byte[] bytes = record.bytes(field);
    int from = record.from(field);
    int colon = record.to(field) - 1;
    while (colon > from && bytes[colon] != ':') {
      colon--;
    }
    if (colon <= from) {
      return false;
    }
    boolean bracketed = bytes[from] == '[' && bytes[colon - 1] == ']';
    return bracketed
        ? address.parse(bytes, from + 1, colon - 1)
        : address.parse(bytes, from, colon);
  }

  private @Nullable String target(EventRecord record, int eventId) {
    EventField server = EventField.TARGET_SERVER;
    boolean elsewhere =
        eventId == WindowsEvents.EXPLICIT_CREDENTIALS
            && record.has(server)
            && !values.is(record, server, LOCALHOST);
    return values.text(record, elsewhere ? server : EventField.COMPUTER);
  }

  private String method(EventRecord record, int eventId) {
    switch (eventId) {
      case WindowsEvents.TICKET_REQUESTED, WindowsEvents.PREAUTHENTICATION_FAILED -> {
        return "kerberos";
      }
      case WindowsEvents.CREDENTIALS_VALIDATED -> {
        return "ntlm";
      }
      case WindowsEvents.RDP_AUTHENTICATED,
          WindowsEvents.RDP_CONNECTED,
          WindowsEvents.RDP_REFUSED -> {
        return "rdp";
      }
      default -> {}
    }
    if (values.is(record, EventField.LOGON_TYPE, REMOTE_INTERACTIVE)) {
      return "rdp";
    }
    if (values.startsWith(record, EventField.PACKAGE, NTLM)
        || values.startsWith(record, EventField.PACKAGE, PACKAGE_V1)) {
      return "ntlm";
    }
    return values.is(record, EventField.PACKAGE, KERBEROS) ? "kerberos" : "windows";
  }

  private boolean succeeded(EventRecord record, int eventId) {
    return switch (eventId) {
      case WindowsEvents.LOGGED_ON,
          WindowsEvents.EXPLICIT_CREDENTIALS,
          WindowsEvents.RDP_AUTHENTICATED ->
          true;
      case WindowsEvents.TICKET_REQUESTED, WindowsEvents.CREDENTIALS_VALIDATED -> isZero(record);
      default -> false;
    };
  }

  private boolean isZero(EventRecord record) {
    byte[] bytes = record.bytes(EventField.STATUS);
    int from = record.from(EventField.STATUS);
    int to = record.to(EventField.STATUS);
    if (to - from > 2 && bytes[from] == '0' && (bytes[from + 1] | 0x20) == 'x') {
      from += 2;
    }
    while (from < to - 1 && bytes[from] == '0') {
      from++;
    }
    return Bytes.equalsIgnoreCase(bytes, from, to, ZERO);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
