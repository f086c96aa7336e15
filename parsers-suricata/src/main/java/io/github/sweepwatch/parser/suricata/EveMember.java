package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.text.JsonKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member that is known by its place in a record: a field, an object with known members in it, or
 * one that is only passed over faster for being known. Immutable once built; thread-safe.
 */
final class EveMember {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Where a record of Suricata's may stand within another object. */
  private static final List<String> PLACES =
      List.of(
          "event.",
          "suricata.eve.",
          "json.",
          "eve.",
          "data.",
          "result.",
          "_source.",
          "_source.data.");

  private static final List<String> PASSED_OVER =
      List.of(
          "in_iface",
          "pcap_cnt",
          "pcap_filename",
          "pkt_src",
          "ip_v",
          "community_id",
          "tx_id",
          "app_proto_ts",
          "app_proto_tc",
          "response_icmp_type",
          "response_icmp_code",
          "flow.reason",
          "flow.alerted",
          "flow.exception_policy",
          "flow.tx_cnt",
          "netflow.min_ttl",
          "netflow.max_ttl",
          "tcp.syn",
          "tcp.fin",
          "tcp.rst",
          "tcp.psh",
          "tcp.ack",
          "tcp.ts_max_regions",
          "tcp.tc_max_regions",
          "alert.gid",
          "alert.signature_id",
          "alert.rev");

  // A record's own words come before those of the object around it, and these before others' words.
  private static final int WITHIN = 0;
  private static final int OUTERMOST = 1;
  private static final int SHIPPED = 2;

  // Open addressing, at most half full.
  private static final int TABLE_BITS = 11;
  private static final @Nullable EveMember[] TABLE = new @Nullable EveMember[1 << TABLE_BITS];

  /** The outermost object. */
  static final EveMember RECORD = new EveMember(null, "", 0);

  /** How many different {@link #index} values there are. */
  static final int COUNT;

  static {
    List<EveMember> all = new ArrayList<>(List.of(RECORD));
    for (EveField field : EveField.values()) {
      for (String path : field.own()) {
        place(all, path, field, OUTERMOST);
        for (String place : PLACES) {
          place(all, place + path, field, WITHIN);
        }
      }
      for (int i = 0; i < field.shipped().size(); i++) {
        place(all, field.shipped().get(i), field, SHIPPED + i);
      }
    }
    for (String path : PASSED_OVER) {
      place(all, path, null, OUTERMOST);
    }
    COUNT = all.size();
  }

  private final @Nullable EveMember parent;
  private final JsonKey key;
  private final int index;
  private final long head;
  private final long tail;
  private final int length;
  private @Nullable EveField field;
  private int rank;
  private boolean object;

  private EveMember(@Nullable EveMember parent, String name, int index) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    this.parent = parent;
    this.index = index;
    key = new JsonKey(name);
    length = bytes.length;
    head = word(bytes, 0, Math.min(length, Long.BYTES));
    tail = word(bytes, Math.max(0, length - Long.BYTES), length);
  }

  /** The object it is a member of; null for the record itself. */
  @Nullable EveMember parent() {
    return parent;
  }

  JsonKey key() {
    return key;
  }

  /** A number of its own, below {@link #COUNT}. */
  int index() {
    return index;
  }

  /** The field it is, or null. */
  @Nullable EveField field() {
    return field;
  }

  /** Which of the field's places it is: the lowest counts where a record has several. */
  int rank() {
    return rank;
  }

  /** Whether it is an object with known members. */
  boolean isObject() {
    return object;
  }

  /** The member of this name, which may be a path with dots; null where it is not known. */
  @Nullable EveMember member(byte[] bytes, int from, int to) {
    EveMember known = single(bytes, from, to);
    if (known != null) {
      return known;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.') {
        EveMember within = single(bytes, from, i);
        return within == null || !within.object ? null : within.member(bytes, i + 1, to);
      }
    }
    return null;
  }

  private @Nullable EveMember single(byte[] bytes, int from, int to) {
    int size = to - from;
    long first = word(bytes, from, Math.min(to, from + Long.BYTES));
    long last = word(bytes, Math.max(from, to - Long.BYTES), to);
    int slot = slot(this, first, last);
    EveMember known;
    while ((known = TABLE[slot]) != null) {
      // Head and tail together are the whole of a name of at most sixteen bytes.
      if (known.parent == this
          && known.head == first
          && known.tail == last
          && known.length == size
          && (size <= 2 * Long.BYTES || known.hasMiddle(bytes, from))) {
        return known;
      }
      slot = (slot + 1) & (TABLE.length - 1);
    }
    return null;
  }

  private boolean hasMiddle(byte[] bytes, int from) {
    String name = key.toString();
    for (int i = Long.BYTES; i < length - Long.BYTES; i++) {
      if (bytes[from + i] != name.charAt(i + 1)) {
        return false;
      }
    }
    return true;
  }

  private static void place(List<EveMember> all, String path, @Nullable EveField field, int rank) {
    EveMember member = RECORD;
    for (String name : path.split("\\.", -1)) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      EveMember known = member.single(bytes, 0, bytes.length);
      member.object = true;
      if (known == null) {
        known = new EveMember(member, name, all.size());
        all.add(known);
        int slot = slot(member, known.head, known.tail);
        while (TABLE[slot] != null) {
          slot = (slot + 1) & (TABLE.length - 1);
        }
        TABLE[slot] = known;
      }
      member = known;
    }
    if (field != null && member.field == null) {
      member.field = field;
      member.rank = rank;
    }
  }

  /* Up to eight bytes; the first of them is the lowest. */
  private static long word(byte[] bytes, int from, int to) {
    int size = to - from;
    if (from + Long.BYTES <= bytes.length) {
      return size == 0 ? 0 : (long) WORDS.get(bytes, from) & -1L >>> (Long.SIZE - size * Byte.SIZE);
    }
    long word = 0;
    for (int i = to - 1; i >= from; i--) {
      word = word << Byte.SIZE | (bytes[i] & 0xff);
    }
    return word;
  }

  private static int slot(EveMember parent, long head, long tail) {
    long mixed = (head ^ tail * 31 ^ parent.index * 0x5bd1_e995L) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> (Long.SIZE - TABLE_BITS));
  }
}
