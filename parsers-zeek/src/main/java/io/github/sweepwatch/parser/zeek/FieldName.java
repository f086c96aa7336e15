package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.JsonKey;
import io.github.sweepwatch.text.PackedText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the name of a column or JSON member means. */
final class FieldName {
  /** What a name is for. */
  enum Role {
    /** Names a field that makes an event. */
    FIELD,
    /** The object with the endpoints, in nested JSON. */
    ID,
    /** Another name of the connection log's. */
    PASSED_OVER,
    /** No name of the connection log's; that of a logon log's field, or of nothing known. */
    FOREIGN
  }

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Stands for every name that is not known. */
  static final FieldName FOREIGN = new FieldName(0, "", Role.FOREIGN, null, 0, null);

  private static final List<String> PASSED_OVER =
      List.of(
          "service",
          "missed_bytes",
          "orig_ip_bytes",
          "resp_ip_bytes",
          "tunnel_parents",
          "vlan",
          "inner_vlan",
          "orig_l2_addr",
          "resp_l2_addr",
          "failed_service",
          "label",
          "_write_ts",
          "_stream");

  // Head and tail together are the whole name up to here.
  private static final int MAX_LENGTH = 2 * Long.BYTES;

  // Open addressing, at most a quarter full.
  private static final int TABLE_BITS = 8;
  private static final @Nullable FieldName[] TABLE = new @Nullable FieldName[1 << TABLE_BITS];

  /** How many different {@link #index} values there are. */
  static final int COUNT;

  static {
    List<FieldName> all = known();
    COUNT = all.size() + 1;
    for (FieldName name : all) {
      int slot = slot(name.head, name.tail);
      while (TABLE[slot] != null) {
        slot = (slot + 1) & (TABLE.length - 1);
      }
      TABLE[slot] = name;
    }
  }

  private final JsonKey key;
  private final int index;
  private final long head;
  private final long tail;
  private final int length;
  private final Role role;
  private final @Nullable ZeekField field;
  private final int rank;
  private final @Nullable ZeekField nested;

  private FieldName(
      int index,
      String name,
      Role role,
      @Nullable ZeekField field,
      int rank,
      @Nullable ZeekField nested) {
    this.index = index;
    key = new JsonKey(name);
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    length = bytes.length;
    head = head(bytes, 0, length);
    tail = tail(bytes, 0, length);
    this.role = role;
    this.field = field;
    this.rank = rank;
    this.nested = nested;
  }

  /** The name as a JSON key. */
  JsonKey key() {
    return key;
  }

  /** A number of its own for each known name, below {@link #COUNT}; 0 for others. */
  int index() {
    return index;
  }

  Role role() {
    return role;
  }

  /** The field it names, or null. */
  @Nullable ZeekField field() {
    return field;
  }

  /** Which of the field's names it is: the lowest counts where a record has several. */
  int rank() {
    return rank;
  }

  /** The field it names within an object {@link Role#ID}, or null. */
  @Nullable ZeekField nested() {
    return nested;
  }

  static FieldName of(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > MAX_LENGTH) {
      return FOREIGN;
    }
    long head = head(bytes, from, to);
    long tail = tail(bytes, from, to);
    int slot = slot(head, tail);
    FieldName known;
    while ((known = TABLE[slot]) != null) {
      if (known.head == head && known.tail == tail && known.length == length) {
        return known;
      }
      slot = (slot + 1) & (TABLE.length - 1);
    }
    return otherScope(bytes, from, to);
  }

  /* The scope separator of id.orig_h is configurable; it is found between the two parts. */
  private static FieldName otherScope(byte[] bytes, int from, int to) {
    int part = to - "orig_h".length();
    if (part > from + 2 && part <= from + 5 && bytes[from] == 'i' && bytes[from + 1] == 'd') {
      for (ZeekField field : ZeekField.NEEDED) {
        byte[] name = field.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length == 9 && Arrays.equals(bytes, part, to, name, 3, 9)) {
          return new FieldName(0, "", Role.FIELD, field, 1, null);
        }
      }
    }
    return FOREIGN;
  }

  private static List<FieldName> known() {
    List<FieldName> known = new ArrayList<>();
    known.add(new FieldName(known.size() + 1, "id", Role.ID, null, 0, null));
    for (String name : PASSED_OVER) {
      known.add(new FieldName(known.size() + 1, name, Role.PASSED_OVER, null, 0, null));
    }
    for (ZeekField field : ZeekField.values()) {
      List<String> names = field.names();
      for (int rank = 0; rank < names.size(); rank++) {
        String name = names.get(rank);
        Role role = field.isOfLogons() ? Role.FOREIGN : Role.FIELD;
        known.add(new FieldName(known.size() + 1, name, role, field, rank, null));
        if (name.startsWith("id.")) {
          known.add(
              new FieldName(known.size() + 1, name.substring(3), Role.FOREIGN, null, 0, field));
        }
      }
    }
    return known;
  }

  /* The first eight bytes. */
  private static long head(byte[] bytes, int from, int to) {
    return PackedText.of(bytes, from, Math.min(to, from + Long.BYTES));
  }

  /* The last eight bytes, which may be some of the first; 0 for names of at most eight. */
  private static long tail(byte[] bytes, int from, int to) {
    return to - from > Long.BYTES ? (long) WORDS.get(bytes, to - Long.BYTES) : 0;
  }

  private static int slot(long head, long tail) {
    long mixed = (head ^ tail * 31) * 0x9e37_79b9_7f4a_7c15L;
    return (int) (mixed >>> (Long.SIZE - TABLE_BITS));
  }
}
