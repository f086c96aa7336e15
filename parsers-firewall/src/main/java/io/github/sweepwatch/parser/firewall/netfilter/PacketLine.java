package io.github.sweepwatch.parser.firewall.netfilter;

import io.github.sweepwatch.parser.firewall.record.TcpFlags;
import io.github.sweepwatch.parser.firewall.record.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The fields of one packet as the kernel writes them: {@code IN=eth0 OUT= SRC=… DST=… PROTO=TCP
 * SPT=… DPT=… SYN}. Of keys that repeat the first counts, and what stands in brackets is the packet
 * that an ICMP error tells of. Not thread-safe.
 */
final class PacketLine {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;
  private static final long BLANKS = ONES * ' ';

  private static final int NONE = -1;
  private static final int FLAG_LENGTH = 3;

  // The first four bytes of a key, its equals sign among them if it is short.
  private static final int SRC = 'S' << 24 | 'R' << 16 | 'C' << 8 | '=';
  private static final int DST = 'D' << 24 | 'S' << 16 | 'T' << 8 | '=';
  private static final int SPT = 'S' << 24 | 'P' << 16 | 'T' << 8 | '=';
  private static final int DPT = 'D' << 24 | 'P' << 16 | 'T' << 8 | '=';
  private static final int RES = 'R' << 24 | 'E' << 16 | 'S' << 8 | '=';
  private static final int TYPE = 'T' << 24 | 'Y' << 16 | 'P' << 8 | 'E';
  private static final int CODE = 'C' << 24 | 'O' << 16 | 'D' << 8 | 'E';
  private static final int PROT = 'P' << 24 | 'R' << 16 | 'O' << 8 | 'T';
  private static final int URGP = 'U' << 24 | 'R' << 16 | 'G' << 8 | 'P';
  private static final int IPSR = 'I' << 24 | 'P' << 16 | 'S' << 8 | 'R';

  /** Where the fields begin, and the prefix ends. */
  int start;

  int sourceFrom;
  int sourceTo;
  int destinationFrom;
  int destinationTo;
  int protocolFrom;
  int protocolTo;
  int sourcePortFrom;
  int sourcePortTo;
  int destinationPortFrom;
  int destinationPortTo;
  int typeFrom;
  int typeTo;
  int codeFrom;
  int codeTo;

  /** The TCP flags that are set. */
  int flags;

  /** Whether the line shows flags, so that none set means something. */
  boolean flagsShown;

  /** Whether it tells of a frame without IP, such as ARP. */
  boolean withoutIp;

  /** Where {@code IN=} stands as a key of its own, else {@code OUT=}, else -1. */
  static int find(byte[] bytes, int from, int to) {
    for (int i = from; i + 3 <= to; i++) {
      if (bytes[i] == 'I'
          && bytes[i + 1] == 'N'
          && bytes[i + 2] == '='
          && (i == from || !isNameCharacter(bytes[i - 1]))) {
        return i;
      }
    }
    // Loggers other than the kernel leave out the interface that there is none of.
    int out = Text.find(bytes, from, to, "OUT=");
    return out > from && isNameCharacter(bytes[out - 1]) ? NONE : out;
  }

  /** Reads the fields of a line; false if it has none. */
  boolean read(byte[] bytes, int from, int to) {
    start = find(bytes, from, to);
    if (start < 0) {
      return false;
    }
    sourceFrom = NONE;
    destinationFrom = NONE;
    protocolFrom = NONE;
    sourcePortFrom = NONE;
    destinationPortFrom = NONE;
    typeFrom = NONE;
    codeFrom = NONE;
    flags = 0;
    flagsShown = false;
    withoutIp = false;
    int i = start;
    while (i < to) {
      int first = bytes[i];
      if (first == ' ') {
        i++;
        continue;
      }
      if (first == '[') {
        return true;
      }
      int end = tokenEnd(bytes, i, to);
      // Four bytes tell one key from the others.
      if (end - i >= Integer.BYTES) {
        field(bytes, i, end);
      } else if (end - i == FLAG_LENGTH) {
        flag(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]);
      }
      i = end + 1;
    }
    return true;
  }

  /* Where a blank or the line's end comes. */
  private static int tokenEnd(byte[] bytes, int from, int to) {
    int i = from;
    for (int last = bytes.length - Long.BYTES; i <= last && i < to; i += Long.BYTES) {
      long word = (long) WORDS.get(bytes, i) ^ BLANKS;
      // The lowest high bit is right, and what lies past the line does not count.
      long hits = (word - ONES) & ~word & HIGHS;
      if (hits != 0) {
        return Math.min(to, i + (Long.numberOfTrailingZeros(hits) >>> 3));
      }
    }
    while (i < to && bytes[i] != ' ') {
      i++;
    }
    return Math.min(to, i);
  }

  private void field(byte[] bytes, int key, int end) {
    int next = key + Integer.BYTES;
    switch ((int) INTS.get(bytes, key)) {
      case SRC -> {
        if (sourceFrom < 0) {
          sourceFrom = next;
          sourceTo = end;
        }
      }
      case DST -> {
        if (destinationFrom < 0) {
          destinationFrom = next;
          destinationTo = end;
        }
      }
      case SPT -> {
        if (sourcePortFrom < 0) {
          sourcePortFrom = next;
          sourcePortTo = end;
        }
      }
      case DPT -> {
        if (destinationPortFrom < 0) {
          destinationPortFrom = next;
          destinationPortTo = end;
        }
      }
      case RES -> flagsShown = true;
      case TYPE -> {
        if (typeFrom < 0 && isEquals(bytes, next, end)) {
          typeFrom = next + 1;
          typeTo = end;
        }
      }
      case CODE -> {
        if (codeFrom < 0 && isEquals(bytes, next, end)) {
          codeFrom = next + 1;
          codeTo = end;
        }
      }
      case PROT -> {
        if (protocolFrom < 0
            && next < end
            && bytes[next] == 'O'
            && isEquals(bytes, next + 1, end)) {
          protocolFrom = next + 2;
          protocolTo = end;
        }
      }
      case URGP -> flagsShown |= isEquals(bytes, next, end);
      case IPSR -> withoutIp |= next < end && bytes[next] == 'C' && isEquals(bytes, next + 1, end);
      default -> {}
    }
  }

  private static boolean isEquals(byte[] bytes, int at, int end) {
    return at < end && bytes[at] == '=';
  }

  private void flag(int letters) {
    switch (letters) {
      case 'S' << 16 | 'Y' << 8 | 'N' -> flags |= TcpFlags.SYN;
      case 'A' << 16 | 'C' << 8 | 'K' -> flags |= TcpFlags.ACK;
      case 'R' << 16 | 'S' << 8 | 'T' -> flags |= TcpFlags.RST;
      case 'F' << 16 | 'I' << 8 | 'N' -> flags |= TcpFlags.FIN;
      case 'P' << 16 | 'S' << 8 | 'H' -> flags |= TcpFlags.PSH;
      case 'U' << 16 | 'R' << 8 | 'G' -> flags |= TcpFlags.URG;
      case 'A' << 16 | 'R' << 8 | 'P' -> withoutIp = true;
      default -> {}
    }
  }

  private static boolean isNameCharacter(int character) {
    int lower = character | 0x20;
    return (lower >= 'a' && lower <= 'z') || (character >= '0' && character <= '9');
  }
}
