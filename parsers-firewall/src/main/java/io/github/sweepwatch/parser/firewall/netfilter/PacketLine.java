package io.github.sweepwatch.parser.firewall.netfilter;

import io.github.sweepwatch.parser.firewall.record.TcpFlags;

/**
 * The fields of one packet as the kernel writes them: {@code IN=eth0 OUT= SRC=… DST=… PROTO=TCP
 * SPT=… DPT=… SYN}. Of keys that repeat the first counts, and what stands in brackets is the packet
 * that an ICMP error tells of. Not thread-safe.
 */
final class PacketLine {
  private static final int NONE = -1;

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

  /** Where {@code IN=} stands as a key of its own, or -1. */
  static int find(byte[] bytes, int from, int to) {
    for (int i = from; i + 3 <= to; i++) {
      if (bytes[i] == 'I'
          && bytes[i + 1] == 'N'
          && bytes[i + 2] == '='
          && (i == from || !isNameCharacter(bytes[i - 1]))) {
        return i;
      }
    }
    return NONE;
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
      while (i < to && bytes[i] == ' ') {
        i++;
      }
      if (i < to && bytes[i] == '[') {
        return true;
      }
      int token = i;
      int equals = NONE;
      while (i < to && bytes[i] != ' ') {
        if (bytes[i] == '=' && equals < 0) {
          equals = i;
        }
        i++;
      }
      if (equals < 0) {
        flag(bytes, token, i);
      } else {
        field(bytes, token, equals, i);
      }
    }
    return true;
  }

  private void field(byte[] bytes, int key, int equals, int end) {
    int value = equals + 1;
    int length = equals - key;
    int first = bytes[key];
    if (length == 3) {
      int second = bytes[key + 1];
      int third = bytes[key + 2];
      if (first == 'S' && second == 'R' && third == 'C' && sourceFrom < 0) {
        sourceFrom = value;
        sourceTo = end;
      } else if (first == 'D' && second == 'S' && third == 'T' && destinationFrom < 0) {
        destinationFrom = value;
        destinationTo = end;
      } else if (first == 'S' && second == 'P' && third == 'T' && sourcePortFrom < 0) {
        sourcePortFrom = value;
        sourcePortTo = end;
      } else if (first == 'D' && second == 'P' && third == 'T' && destinationPortFrom < 0) {
        destinationPortFrom = value;
        destinationPortTo = end;
      } else if (first == 'R' && second == 'E' && third == 'S') {
        flagsShown = true;
      }
    } else if (length == 4) {
      if (first == 'T' && bytes[key + 1] == 'Y' && typeFrom < 0) {
        typeFrom = value;
        typeTo = end;
      } else if (first == 'C' && bytes[key + 1] == 'O' && codeFrom < 0) {
        codeFrom = value;
        codeTo = end;
      } else if (first == 'U' && bytes[key + 1] == 'R') {
        flagsShown = true;
      }
    } else if (length == 5 && first == 'P' && bytes[key + 1] == 'R' && bytes[key + 2] == 'O') {
      if (protocolFrom < 0) {
        protocolFrom = value;
        protocolTo = end;
      }
    } else if (length == 5 && first == 'I' && bytes[key + 1] == 'P' && bytes[key + 2] == 'S') {
      withoutIp = true;
    }
  }

  private void flag(byte[] bytes, int from, int to) {
    if (to - from != 3) {
      return;
    }
    switch (bytes[from] << 16 | bytes[from + 1] << 8 | bytes[from + 2]) {
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
