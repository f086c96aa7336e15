package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.parser.firewall.record.Text;

/**
 * Finds what message a line is: {@code %ASA-6-302013:} and the like by their number, those of IOS
 * by the name of an access list's message. Not thread-safe.
 */
final class Mnemonic {
  /** The number of an access list's message of IOS, which has none. */
  static final int ACCESS_LIST = -1;

  /** The number of a message of IOS's zone-based firewall, which has none. */
  static final int ZONE_FIREWALL = -2;

  /** What is none of these messages. */
  static final int NONE = 0;

  private static final int LONGEST = 48;
  private static final int NUMBER_LENGTH = 6;

  private int number;
  private int end;

  /** Finds the message; false if the line has none that is read here. */
  boolean find(byte[] bytes, int from, int to) {
    number = NONE;
    for (int i = from; i + NUMBER_LENGTH < to; i++) {
      if (bytes[i] == '%' && isCisco(bytes, i + 1, to)) {
        return true;
      }
    }
    return managed(bytes, from, to);
  }

  /* A management centre writes the connection events of its devices without any such name. */
  private boolean managed(byte[] bytes, int from, int to) {
    int first = Text.find(bytes, from, to, "Protocol: ");
    if (first < 0
        || Text.find(bytes, first, to, ", SrcIP: ") < 0
        || Text.find(bytes, first, to, ", ConnectType: ") < 0) {
      return false;
    }
    boolean start = Text.find(bytes, first, to, ", ConnectType: Start") >= 0;
    number = start ? ConnectionMessage.START : ConnectionMessage.END;
    end = first;
    return true;
  }

  /** The message's number, {@link #ACCESS_LIST} or {@link #NONE}. */
  int number() {
    return number;
  }

  /** Where the message's text begins. */
  int end() {
    return end;
  }

  private boolean isCisco(byte[] bytes, int from, int to) {
    if (Text.startsWith(bytes, from, to, "asa")
        || Text.startsWith(bytes, from, to, "ftd")
        || Text.startsWith(bytes, from, to, "pix")
        || Text.startsWith(bytes, from, to, "fwsm")
        || Text.startsWith(bytes, from, to, "ngips")) {
      return numbered(bytes, from, Math.min(to, from + LONGEST));
    }
    return named(bytes, from, to);
  }

  /* After a hyphen, six digits and no more. */
  private boolean numbered(byte[] bytes, int from, int to) {
    for (int i = from; i + NUMBER_LENGTH < to && bytes[i] != ':'; i++) {
      if (bytes[i] == '-') {
        int value = 0;
        int digit = i + 1;
        while (digit < to && bytes[digit] >= '0' && bytes[digit] <= '9' && digit - i <= 6) {
          value = value * 10 + bytes[digit] - '0';
          digit++;
        }
        if (digit - i == NUMBER_LENGTH + 1) {
          number = value;
          end = digit;
          while (end < to && (bytes[end] == ':' || bytes[end] == ' ')) {
            end++;
          }
          return true;
        }
      }
    }
    return false;
  }

  private boolean named(byte[] bytes, int from, int to) {
    int colon = Text.find(bytes, from, Math.min(to, from + LONGEST), ':');
    if (colon == to || bytes[colon] != ':') {
      return false;
    }
    if (Text.find(bytes, from, colon, "ACCESSLOG") >= 0) {
      number = ACCESS_LIST;
    } else if (Text.startsWith(bytes, from, colon, "fw-")) {
      number = ZONE_FIREWALL;
    } else {
      return false;
    }
    end = colon + 1;
    return true;
  }
}
