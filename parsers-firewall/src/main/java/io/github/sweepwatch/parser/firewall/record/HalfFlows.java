package io.github.sweepwatch.parser.firewall.record;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Protocol;
import io.github.sweepwatch.text.AddressParser;

/**
 * Tells who began a connection of which a log shows each direction as a record of its own.
 *
 * <p>What counts, the best first: TCP flags; the other half, if it was seen within {@value
 * #WINDOW_MINUTES} minutes of event time; which port is a service's and which one a client's; and
 * between ports that are alike, which half began earlier. Where nothing tells, the initiator stays
 * unknown. The other half also tells that there was an answer.
 *
 * <p>Remembers a bounded number of connections, and forgets those not seen for longest. Not
 * thread-safe.
 */
public final class HalfFlows {
  /** How far two halves may be apart. */
  public static final int WINDOW_MINUTES = 10;

  /** The flags show that the source began. */
  public static final int SOURCE_BEGAN = 1;

  /** The flags show that the source answered. */
  public static final int SOURCE_ANSWERED = -1;

  /** The flags say nothing, or there are none. */
  public static final int NOTHING_SHOWN = 0;

  // More than any record has; no product of it overflows.
  private static final long MOST_PACKETS = 1L << 48;
  // TCP's options take no more; what is longer carries data, as only connections do.
  private static final long MOST_OPTIONS = 40;

  // Small enough that what else a record takes does not drive it out of the processor's cache.
  private static final int SETS = 1 << 11;
  private static final int WAYS = 8;

  private static final int HIGHER_BEGAN = 1;
  private static final int CERTAIN = 2;
  private static final int LOWER_SEEN = 4;
  private static final int HIGHER_SEEN = 8;
  private static final int OPENING = 16;
  private static final int BARE_ANSWER = 32;
  // SYNs alone, and what came back had none.
  private static final int REFUSED = OPENING | BARE_ANSWER;

  // An entry, from the top: a tag out of the key, which tells connections of a set apart but for
  // one in eight million; the time, cut off at both ends; the state, 0 where there is no entry.
  private static final int STATE_BITS = 6;
  private static final int TIME_BITS = 32;
  private static final int TAG_SHIFT = STATE_BITS + TIME_BITS;
  private static final int TIME_UNIT_SHIFT = 8;
  private static final long WINDOW_UNITS = (WINDOW_MINUTES * 60_000_000L) >>> TIME_UNIT_SHIFT;

  // Sets of entries, each in the order they were seen last.
  private long[] table = new long[0];

  private boolean reversed;
  private boolean certain;
  private boolean answered;
  private boolean refused;

  /** Nothing seen yet. */
  public HalfFlows() {}

  /**
   * Turns a decoded half so that its source is the initiator, and says what is known of it. A
   * blocked half is taken to be its sender's attempt, unless it is seen to be an answer.
   *
   * @param decoder holds the half, with time and outcome set in its event
   * @param timeMicros when the half began
   * @param shown {@link #SOURCE_BEGAN}, {@link #SOURCE_ANSWERED} or {@link #NOTHING_SHOWN}
   * @param blocked whether the half was blocked
   * @param bytes what its sender sent
   * @param packets how many packets its sender sent
   * @param headersCounted whether the bytes include those of IP and TCP headers
   * @param outcome what the record by itself says of the outcome
   */
  public void orient(
      ConnectionDecoder decoder,
      long timeMicros,
      int shown,
      boolean blocked,
      long bytes,
      long packets,
      boolean headersCounted,
      Outcome outcome) {
    boolean sized =
        headersCounted
            && decoder.protocol() == Protocol.TCP
            && packets > 0
            && packets <= MOST_PACKETS;
    // What options and data the packets had, all together.
    long beyond = sized ? bytes - packets * headers(decoder) : 0;
    boolean syns = sized && isOpening(beyond, packets);
    // Neither options nor data: resets or bare acknowledgements, but no SYN.
    boolean bare = sized && beyond == 0;
    look(decoder, timeMicros, shown, blocked, syns, bare);
    ConnectionEvent.Builder event = decoder.event();
    event.initiatorCertain(certain);
    if (reversed) {
      AddressParser source = decoder.source();
      AddressParser destination = decoder.destination();
      event
          .source(destination.high(), destination.low())
          .destination(source.high(), source.low())
          .sourcePort(decoder.destinationPort())
          .destinationPort(decoder.sourcePort())
          .bytes(NOT_GIVEN, bytes)
          .packets(NOT_GIVEN, packets);
    } else {
      event.bytes(bytes, NOT_GIVEN).packets(packets, NOT_GIVEN);
    }
    event.outcome(outcome);
    if (outcome == Outcome.UNKNOWN && certain) {
      if (refused) {
        event.outcome(Outcome.REFUSED);
      } else if ((reversed && !bare)
          || (answered && !reversed)
          || (sized && beyond > packets * MOST_OPTIONS)) {
        event.outcome(Outcome.ESTABLISHED);
      }
    }
  }

  /**
   * Whether the last half was turned round.
   *
   * @return true if its sender is the event's destination
   */
  public boolean turned() {
    return reversed;
  }

  private void look(
      ConnectionDecoder decoder,
      long timeMicros,
      int shown,
      boolean blocked,
      boolean syns,
      boolean bare) {
    long source = endpoint(decoder.source(), decoder.sourcePort());
    long destination = endpoint(decoder.destination(), decoder.destinationPort());
    boolean higher = Long.compareUnsigned(source, destination) > 0;
    long key = key(higher ? destination : source, higher ? source : destination, decoder);
    int slot = first(key);
    long state = table[slot];
    // Of the entry's time only some bits were kept, and so of the difference.
    int now = (int) (timeMicros >>> TIME_UNIT_SHIFT);
    int later = now - (int) (state >>> STATE_BITS);
    if (Math.abs((long) later) > WINDOW_UNITS) {
      state = 0;
      later = 0;
    }
    int bits = (int) state & ((1 << STATE_BITS) - 1);
    int ownSeen = higher ? HIGHER_SEEN : LOWER_SEEN;
    int otherSeen = higher ? LOWER_SEEN : HIGHER_SEEN;
    boolean otherCame = (bits & otherSeen) != 0;
    boolean sourceBegan = (bits & HIGHER_BEGAN) != 0 == higher;
    boolean known = (bits & CERTAIN) != 0;
    if (shown != NOTHING_SHOWN) {
      sourceBegan = shown == SOURCE_BEGAN;
      known = true;
    } else if (bits == 0) {
      int evidence = evidence(decoder);
      known = evidence != 0;
      sourceBegan = evidence >= 0;
      if (blocked) {
        // Late answers of a server are blocked too, when the device has forgotten the connection.
        sourceBegan = true;
        known = evidence >= 0;
      }
    } else if (!known && otherCame && bare && (bits & OPENING) != 0) {
      sourceBegan = false;
      known = true;
    } else if (!known && otherCame && later != 0) {
      sourceBegan = later < 0;
      known = true;
    }
    bits |= ownSeen;
    bits = sourceBegan == higher ? bits | HIGHER_BEGAN : bits & ~HIGHER_BEGAN;
    bits = known ? bits | CERTAIN : bits;
    if (sourceBegan) {
      bits = syns ? bits | OPENING : bits & ~OPENING;
    } else {
      bits = bare ? bits | BARE_ANSWER : bits & ~BARE_ANSWER;
    }
    int latest = later < 0 ? now - later : now;
    table[slot] = tag(key) << TAG_SHIFT | (latest & 0xffff_ffffL) << STATE_BITS | bits;
    certain = known;
    reversed = known && !sourceBegan;
    answered = otherCame;
    refused = otherCame && (bits & REFUSED) == REFUSED;
  }

  /* The first slot of a key's set, after its entry was moved there; without state if it is new. */
  private int first(long key) {
    if (table.length == 0) {
      table = new long[SETS * WAYS];
    }
    long[] all = table;
    int first = ((int) key & (SETS - 1)) * WAYS;
    int last = first + WAYS - 1;
    long tag = tag(key);
    int slot = first;
    while (slot < last && all[slot] >>> TAG_SHIFT != tag) {
      slot++;
    }
    long entry = all[slot] >>> TAG_SHIFT == tag ? all[slot] : 0;
    for (; slot > first; slot--) {
      all[slot] = all[slot - 1];
    }
    all[first] = entry;
    return first;
  }

  private static long tag(long key) {
    return key >>> TAG_SHIFT;
  }

  private static long key(long lower, long upper, ConnectionDecoder decoder) {
    return mix(lower * 0x9e37_79b9_7f4a_7c15L + upper + decoder.protocol());
  }

  /* An IPv4 address and port as they are, others mixed. */
  private static long endpoint(AddressParser address, int port) {
    long high = address.high();
    return high == 0
        ? address.low() << 16 | (port & 0xffff)
        : mix(mix(high) ^ address.low()) + port;
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0x9e37_79b9_7f4a_7c15L;
    mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
    return mixed ^ mixed >>> 32;
  }

  /* Above 0 if the source looks like the client, below 0 if it looks like the server. */
  private static int evidence(ConnectionDecoder decoder) {
    AddressParser destination = decoder.destination();
    if (IpAddress.isGroup(destination.high(), destination.low())) {
      return 1;
    }
    return Protocol.hasPorts(decoder.protocol())
        ? ServicePorts.compare(decoder.sourcePort(), decoder.destinationPort())
        : 0;
  }

  /*
   * Whether packets may all be SYNs, by their options: with some, as every stack sends them, and
   * neither bare acknowledgements nor keep-alives, which carry a byte or none.
   */
  private static boolean isOpening(long beyond, long packets) {
    if (beyond < 4 * packets || beyond > 20 * packets) {
      return false;
    }
    long size = beyond / packets;
    return size * packets == beyond && size != 12 && size != 13;
  }

  private static int headers(ConnectionDecoder decoder) {
    return IpAddress.isIpv4(decoder.source().high(), decoder.source().low()) ? 40 : 60;
  }
}
