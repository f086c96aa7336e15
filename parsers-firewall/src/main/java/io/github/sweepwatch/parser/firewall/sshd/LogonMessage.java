package io.github.sweepwatch.parser.firewall.sshd;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Failed password for invalid user admin from 192.0.2.1 port 4711 ssh2} and the like.
 * Who logs on chooses the name, so what counts is the last address. Not thread-safe.
 */
final class LogonMessage {
  // How a message begins, and what stands before the account.
  private static final String[] BEGINNINGS = {
    "Accepted ",
    "Failed ",
    "error: PAM: ",
    "Password auth succeeded for ",
    "Pubkey auth succeeded for ",
    "Bad password attempt for ",
    "Login attempt for nonexistent user"
  };
  private static final String FOR = " for ";
  private static final String FROM = " from ";

  private final AddressParser address = new AddressParser();
  private int accountFrom;
  private int accountTo;
  private boolean succeeded;

  LogonMessage() {}

  /** Where a message begins, or -1. */
  static int find(byte[] bytes, int from, int to) {
    for (String beginning : BEGINNINGS) {
      int at = Text.find(bytes, from, to, beginning);
      if (at >= 0
          && Text.find(bytes, at, to, FROM) >= 0
          && (beginning.length() > "error: PAM: ".length() || Text.find(bytes, at, to, FOR) >= 0)) {
        return at;
      }
    }
    return -1;
  }

  /** Reads a message that {@link #find} found; null, or what is wrong with it. */
  @Nullable String read(byte[] bytes, int from, int to) {
    int start = find(bytes, from, to);
    int place = lastFrom(bytes, start, to);
    int addressFrom = place + FROM.length();
    int addressTo = addressFrom;
    while (addressTo < to && bytes[addressTo] != ' ' && bytes[addressTo] != ']') {
      addressTo++;
    }
    if (!address(bytes, addressFrom, addressTo)) {
      return "source is no IP address: " + Excerpt.of(bytes, addressFrom, addressTo);
    }
    succeeded =
        Text.startsWith(bytes, start, to, "accepted ")
            || Text.startsWith(bytes, start, to, "password auth succeeded")
            || Text.startsWith(bytes, start, to, "pubkey auth succeeded");
    int before = Text.find(bytes, start, place, FOR);
    accountFrom = before < 0 ? place : before + FOR.length();
    accountTo = place;
    skip(bytes, "invalid user ");
    skip(bytes, "illegal user ");
    if (accountTo - accountFrom >= 2 && bytes[accountFrom] == '\'') {
      int close = accountTo;
      while (close > accountFrom + 1 && bytes[close - 1] != '\'') {
        close--;
      }
      accountFrom++;
      accountTo = Math.max(accountFrom, close - 1);
    } else if (before < 0 || Text.startsWith(bytes, accountFrom, place, "nonexistent user")) {
      accountFrom = place;
    }
    return null;
  }

  private void skip(byte[] bytes, String words) {
    if (Text.startsWith(bytes, accountFrom, accountTo, words)) {
      accountFrom += words.length();
    }
  }

  private static int lastFrom(byte[] bytes, int from, int to) {
    int place = Text.find(bytes, from, to, FROM);
    int next;
    while ((next = Text.find(bytes, place + 1, to, FROM)) >= 0) {
      place = next;
    }
    return place;
  }

  /* Dropbear writes the port behind a colon; an address of the link may have a zone. */
  private boolean address(byte[] bytes, int from, int to) {
    if (address.parse(bytes, from, to)
        || address.parse(bytes, from, Text.find(bytes, from, to, '%'))) {
      return true;
    }
    int colon = to - 1;
    while (colon > from && bytes[colon] != ':') {
      colon--;
    }
    return colon > from && address.parse(bytes, from, colon);
  }

  /** Where the account's name begins; equal to {@link #accountTo} where there is none. */
  int accountFrom() {
    return accountFrom;
  }

  /** Where the account's name ends. */
  int accountTo() {
    return accountTo;
  }

  /** Whether the attempt succeeded. */
  boolean succeeded() {
    return succeeded;
  }

  /** Where the attempt came from. */
  IpAddress source() {
    return new IpAddress(address.high(), address.low());
  }
}
