package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import org.jspecify.annotations.Nullable;

/** Reads the messages on single packets: denials, and the hits of access lists. */
final class DenyMessage {
  private static final int ECHO_REQUEST = 8;
  private static final int MAX_BYTE = 0xff;

  private final MessageText text;
  private final CiscoEvent event;

  DenyMessage(MessageText text, CiscoEvent event) {
    this.text = text;
    this.event = event;
  }

  /** Whether a message is one of these. */
  static boolean isOne(int number) {
    return switch (number) {
      case 106001,
          106006,
          106007,
          106010,
          106011,
          106012,
          106013,
          106014,
          106015,
          106016,
          106017,
          106018,
          106020,
          106021,
          106022,
          106023,
          106100,
          106102,
          106103,
          305013,
          313009,
          338005,
          338006,
          338007,
          338008,
          338203,
          338204,
          401004,
          418001,
          710002,
          710003,
          710004,
          710005,
          710006,
          710007 ->
          true;
      default -> false;
    };
  }

  /** Reads a message; null, or what is wrong with it. */
  @Nullable String read(int number) {
    event.outcome = Outcome.BLOCKED;
    return switch (number) {
      case 106100, 106102, 106103 -> accessList();
      case 106010, 106011, 106014, 106023, 305013, 418001 -> sourceAndDestination(number);
      case 313009 -> icmpCode();
      case 338005, 338006, 338007, 338008, 338203, 338204 -> dynamicFilter();
      case 401004 -> shunned();
      case 106018 -> icmpOutbound();
      default -> fromAndTo(number);
    };
  }

  /* access-list NAME permitted tcp inside/10.0.0.1(1) -> outside/10.0.0.2(2) hit-cnt 1 … */
  private @Nullable String accessList() {
    if (!text.skipTo("access-list ")) {
      return "no access-list in the message";
    }
    text.word();
    text.word();
    if (!text.wordIs("denied")) {
      event.outcome = Outcome.UNKNOWN;
    }
    event.protocol = text.protocol();
    if (text.skip(" for user ")) {
      text.word();
    }
    if (!text.endpoint(event.source)) {
      return "source is no endpoint: ";
    }
    text.skipTo("-> ");
    if (!text.endpoint(event.destination)) {
      return "destination is no endpoint: ";
    }
    long hits = text.numberAfter("hit-cnt ");
    event.count = hits > 0 ? hits : 1;
    if (Protocol.isIcmp(event.protocol)) {
      event.icmpType = octet(event.source.port());
      event.icmpCode = octet(event.destination.port());
    }
    event.packet();
    return null;
  }

  /* Deny tcp src dmz:10.0.0.1/1 dst outside:10.0.0.2/2 … */
  private @Nullable String sourceAndDestination(int number) {
    int place = text.at();
    switch (number) {
      case 106010, 106014 -> text.skip("Deny inbound ");
      case 106011 -> text.skip("Deny inbound (No xlate) ");
      case 106023 -> text.skip("Deny ");
      case 418001 -> text.skipTo("denied: ");
      default -> text.skipTo("Connection for ");
    }
    event.protocol = text.protocol();
    text.back(place);
    if (!text.skipTo(" src ") || !text.endpoint(event.source)) {
      return "source is no endpoint: ";
    }
    if (!text.skipTo("dst ") || !text.endpoint(event.destination)) {
      return "destination is no endpoint: ";
    }
    icmpTypeAndCode();
    event.packet();
    return null;
  }

  /* ICMP packet type 8 denied by outbound list 1 src 10.0.0.1 dest 10.0.0.2 */
  private @Nullable String icmpOutbound() {
    event.protocol = Protocol.ICMP;
    event.icmpType = octet(text.numberAfter("type "));
    return between(" src ", "dest ");
  }

  /* Denied invalid ICMP code 9, for in:10.0.0.1/8 (…) to out:10.0.0.2/0 (…), …, ICMP type 8 */
  private @Nullable String icmpCode() {
    event.protocol = Protocol.ICMP;
    event.icmpCode = octet(text.numberAfter("ICMP code "));
    event.icmpType = octet(text.numberAfter("ICMP type "));
    return between(", for ", "to ");
  }

  /* Dynamic Filter dropped blacklisted TCP traffic from in:10.0.0.1/1 (…) to out:10.0.0.2/2 (…) */
  private @Nullable String dynamicFilter() {
    text.skipTo("listed ");
    event.protocol = text.protocol();
    return between(" from ", "to ");
  }

  /* Shunned packet: 10.0.0.1 ==> 10.0.0.2 on interface … */
  private @Nullable String shunned() {
    return between("packet: ", text.has("> ") ? "> " : "= ");
  }

  private @Nullable String between(String beforeSource, String beforeDestination) {
    if (!text.skipTo(beforeSource) || !text.endpoint(event.source)) {
      return "source is no endpoint: ";
    }
    if (!text.skipTo(beforeDestination) || !text.endpoint(event.destination)) {
      return "destination is no endpoint: ";
    }
    event.packet();
    return null;
  }

  /* Inbound TCP connection denied from 10.0.0.1/1 to 10.0.0.2/2 flags SYN  on interface … */
  private @Nullable String fromAndTo(int number) {
    switch (number) {
      case 106001, 106015 -> event.protocol = Protocol.TCP;
      case 106006, 106007 -> event.protocol = Protocol.UDP;
      case 106013 -> {
        event.protocol = Protocol.ICMP;
        event.icmpType = ECHO_REQUEST;
      }
      case 710002, 710003, 710004, 710005, 710006, 710007 -> {
        event.protocol = text.protocol();
        if (number == 710002) {
          event.outcome = Outcome.UNKNOWN;
        }
      }
      case 106021, 106022 -> {
        text.skip("Deny ");
        event.protocol = text.protocol();
      }
      default -> event.protocol = Protocol.UNKNOWN;
    }
    boolean found = text.skipTo(" from ");
    // Of an address that cannot be, 106016 writes it in parentheses.
    text.skip("(");
    if (!found || !text.endpoint(event.source)) {
      return "source is no endpoint: ";
    }
    if (!text.skipTo(number == 106013 ? "address " : "to ") || !text.endpoint(event.destination)) {
      return "destination is no endpoint: ";
    }
    if (text.skipTo("flags ")) {
      event.flags = flags();
    }
    event.packet();
    return null;
  }

  /* FIN PSH ACK, up to the words that follow. */
  private int flags() {
    int flags = 0;
    while (true) {
      text.word();
      if (text.wordIs("syn")) {
        flags |= TcpFlags.SYN;
      } else if (text.wordIs("ack")) {
        flags |= TcpFlags.ACK;
      } else if (text.wordIs("rst")) {
        flags |= TcpFlags.RST;
      } else if (text.wordIs("fin")) {
        flags |= TcpFlags.FIN;
      } else if (text.wordIs("psh")) {
        flags |= TcpFlags.PSH;
      } else if (text.wordIs("urg")) {
        flags |= TcpFlags.URG;
      } else {
        return flags;
      }
    }
  }

  private void icmpTypeAndCode() {
    if (Protocol.isIcmp(event.protocol)) {
      event.icmpType = octet(text.numberAfter("type "));
      event.icmpCode = octet(text.numberAfter("code "));
    }
  }

  private static int octet(long number) {
    return number >= 0 && number <= MAX_BYTE ? (int) number : -1;
  }
}
