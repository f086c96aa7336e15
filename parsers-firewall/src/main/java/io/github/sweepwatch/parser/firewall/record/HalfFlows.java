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
 * <p>Remembers a bounded number of connections, and forgets the oldest. Not thread-safe.
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

  private static final long WINDOW_MICROS = WINDOW_MINUTES * 60_000_000L;
  private static final int SETS = 1 << 12;
  private static final int WAYS = 4;
  private static final int SET_LONGS = 2 * WAYS;

  // State, beside which the low bits of the time are cut off.
  private static final int HIGHER_BEGAN = 1;
  private static final int CERTAIN = 2;
  private static final int LOWER_SEEN = 4;
  private static final int HIGHER_SEEN = 8;
  private static final int OPENING = 16;
  private static final int BARE_ANSWER = 32;
  private static final int STATE_BITS = 6;
  // SYNs alone, and what came back had none.
  private static final int REFUSED = OPENING | BARE_ANSWER;

  // A key, then its state; a set is in one or two cache lines.
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
    boolean sized = headersCounted && decoder.protocol() == Protocol.TCP && packets > 0;
    boolean syns = sized && isOpening(decoder, bytes, packets);
    // Neither options nor data: resets or bare acknowledgements, but no SYN.
    boolean bare = sized && bytes == packets * headers(decoder);
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
          || (sized && hasData(decoder, bytes, packets))) {
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
    boolean higher = isHigher(decoder);
    int slot = find(key(decoder, higher), timeMicros);
    long state = table[slot + 1];
    long time = state >>> STATE_BITS;
    long now = timeMicros >>> STATE_BITS;
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
    } else if (!known && otherCame && time != now) {
      sourceBegan = now < time;
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
    table[slot + 1] = Math.max(time, now) << STATE_BITS | bits;
    certain = known;
    reversed = known && !sourceBegan;
    answered = otherCame;
    refused = otherCame && (bits & REFUSED) == REFUSED;
  }

  /* The slot of a key: where it is, or the oldest of its set, cleared. */
  private int find(long key, long timeMicros) {
    if (table.length == 0) {
      table = new long[SETS * SET_LONGS];
    }
    long[] all = table;
    int first = ((int) (key >>> 40) & (SETS - 1)) * SET_LONGS;
    int oldest = first;
    for (int slot = first; slot < first + SET_LONGS; slot += 2) {
      long state = all[slot + 1];
      if (all[slot] == key && state != 0) {
        long apart = (state >>> STATE_BITS << STATE_BITS) - timeMicros;
        if (Math.abs(apart) > WINDOW_MICROS) {
          all[slot + 1] = 0;
        }
        return slot;
      }
      // The time stands above the state.
      if (state < all[oldest + 1]) {
        oldest = slot;
      }
    }
    all[oldest] = key;
    all[oldest + 1] = 0;
    return oldest;
  }

  private static long key(ConnectionDecoder decoder, boolean higher) {
    long source = endpoint(decoder.source(), decoder.sourcePort());
    long destination = endpoint(decoder.destination(), decoder.destinationPort());
    long lower = higher ? destination : source;
    long upper = higher ? source : destination;
    return mix(mix(lower + decoder.protocol()) + upper);
  }

  private static long endpoint(AddressParser address, int port) {
    return mix(mix(address.high() + port) ^ address.low());
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 32) * 0x9e37_79b9_7f4a_7c15L;
    mixed = (mixed ^ mixed >>> 29) * 0xbf58_476d_1ce4_e5b9L;
    return mixed ^ mixed >>> 32;
  }

  private static boolean isHigher(ConnectionDecoder decoder) {
    AddressParser source = decoder.source();
    AddressParser destination = decoder.destination();
    if (source.high() != destination.high()) {
      return Long.compareUnsigned(source.high(), destination.high()) > 0;
    }
    if (source.low() != destination.low()) {
      return Long.compareUnsigned(source.low(), destination.low()) > 0;
    }
    return decoder.sourcePort() > decoder.destinationPort();
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
   * Whether packets may all be SYNs, by their size: with options, as every stack sends them, and
   * neither bare acknowledgements nor keep-alives, which carry a byte or none.
   */
  private static boolean isOpening(ConnectionDecoder decoder, long bytes, long packets) {
    if (bytes % packets != 0) {
      return false;
    }
    long size = bytes / packets - headers(decoder);
    return size >= 4 && size <= 20 && size != 12 && size != 13;
  }

  /* Whether packets are longer than headers can be, and so carry data, as only connections do. */
  private static boolean hasData(ConnectionDecoder decoder, long bytes, long packets) {
    return bytes > packets * (headers(decoder) + 40L);
  }

  private static int headers(ConnectionDecoder decoder) {
    return IpAddress.isIpv4(decoder.source().high(), decoder.source().low()) ? 40 : 60;
  }
}
