package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.text.NumberParser;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hits of IOS's access lists: {@code list 177 denied udp 10.0.0.1(55250) ->
 * 10.0.0.2(15600), 1 packet}. Not thread-safe.
 */
final class AccessListMessage {
  private static final int MAX_BYTE = 0xff;
  private static final int MOST_WORDS = 8;

  private final MessageText text;
  private final CiscoEvent event;

  AccessListMessage(MessageText text, CiscoEvent event) {
    this.text = text;
    this.event = event;
  }

  /** Whether the message tells of a packet with two ends. */
  boolean isConnection() {
    return text.has("->") && text.has("list ");
  }

  /** Reads a message; null, or what is wrong with it. */
  @Nullable String read() {
    text.skipTo("list ");
    int words = 0;
    boolean denied;
    boolean permitted;
    do {
      text.word();
      denied = text.wordIs("denied") || text.wordIs("deny");
      permitted = text.wordIs("permitted") || text.wordIs("permit");
    } while (!denied && !permitted && ++words < MOST_WORDS);
    if (!denied && !permitted) {
      return "neither permitted nor denied: ";
    }
    event.outcome = denied ? Outcome.BLOCKED : Outcome.UNKNOWN;
    event.protocol = text.protocol();
    // The sender's MAC address or interface may stand on either side of its address.
    words = 0;
    while (!text.endpointWithPort(event.source)) {
      if (++words == MOST_WORDS) {
        return "source is no endpoint: ";
      }
    }
    if (!text.skipTo("->") || !text.endpointWithPort(event.destination)) {
      return "destination is no endpoint: ";
    }
    icmp();
    if (text.skipTo(", ")) {
      event.packets = text.number();
    }
    event.packet();
    return null;
  }

  /* (3/4), type and code. */
  private void icmp() {
    int place = text.at();
    if (Protocol.isIcmp(event.protocol) && text.skip(" (")) {
      long type = text.number();
      long code = text.skip("/") ? text.number() : NumberParser.INVALID;
      if (type >= 0 && type <= MAX_BYTE) {
        event.icmpType = (int) type;
        event.icmpCode = code >= 0 && code <= MAX_BYTE ? (int) code : -1;
      }
    }
    text.back(place);
  }
}
