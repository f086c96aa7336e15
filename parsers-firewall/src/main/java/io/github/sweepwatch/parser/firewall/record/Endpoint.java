package io.github.sweepwatch.parser.firewall.record;

import static io.github.sweepwatch.event.ConnectionEvent.NOT_GIVEN;

import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.NumberParser;

/**
 * Reads an address and perhaps a port that are written as one: {@code 10.0.0.1:22}, {@code
 * [fe80::1]:22}, {@code 10.0.0.1/22}, {@code 10.0.0.1(22)}, or the address alone. Keeps its result
 * until the next. Not thread-safe.
 */
public final class Endpoint {
  private static final int MAX_PORT = 0xffff;

  private final AddressParser address = new AddressParser();
  private int port;

  /** No endpoint yet. */
  public Endpoint() {}

  /**
   * Reads an address and its port, with a colon before the port.
   *
   * @param bytes holds them
   * @param from the first byte
   * @param to the end, exclusive
   * @return whether exactly these bytes are an endpoint
   */
  public boolean withColon(byte[] bytes, int from, int to) {
    if (from < to && bytes[from] == '[') {
      int close = Text.find(bytes, from, to, ']');
      if (close == to || !address.parse(bytes, from + 1, close)) {
        return false;
      }
      return close + 1 == to ? noPort() : bytes[close + 1] == ':' && port(bytes, close + 2, to);
    }
    int colon = to - 1;
    while (colon > from && bytes[colon] != ':') {
      colon--;
    }
    if (colon <= from || Text.find(bytes, from, colon, ':') < colon) {
      // No colon, or several: an address by itself.
      return address.parse(bytes, from, to) && noPort();
    }
    return address.parse(bytes, from, colon) && port(bytes, colon + 1, to);
  }

  /**
   * Reads an address and its port, with another character before the port.
   *
   * @param bytes holds them
   * @param from the first byte
   * @param to the end, exclusive
   * @param separator what stands before the port
   * @return whether exactly these bytes are an endpoint
   */
  public boolean with(byte[] bytes, int from, int to, char separator) {
    int at = Text.find(bytes, from, to, separator);
    return address.parse(bytes, from, at) && (at == to ? noPort() : port(bytes, at + 1, to));
  }

  /**
   * Reads an address and its port from places of their own.
   *
   * @param bytes holds them
   * @param from the address's first byte
   * @param to its end, exclusive
   * @param portFrom the port's first byte
   * @param portTo its end, exclusive; the same where there is none
   * @return whether they are an address and a port
   */
  public boolean of(byte[] bytes, int from, int to, int portFrom, int portTo) {
    return address.parse(bytes, from, to)
        && (portFrom == portTo ? noPort() : port(bytes, portFrom, portTo));
  }

  private boolean noPort() {
    port = NOT_GIVEN;
    return true;
  }

  /**
   * Reads an address, and a port that may be a service's name.
   *
   * @param bytes holds them
   * @param from the address's first byte
   * @param to its end, exclusive
   * @param portFrom the port's first byte
   * @param portTo its end, exclusive; the same where there is none
   * @return whether they are an address and a port
   */
  public boolean withService(byte[] bytes, int from, int to, int portFrom, int portTo) {
    if (of(bytes, from, to, portFrom, portTo)) {
      return true;
    }
    String named = ServiceNames.port(bytes, portFrom, portTo);
    if (named == null || !address.parse(bytes, from, to)) {
      return false;
    }
    port = Integer.parseInt(named);
    return true;
  }

  private boolean port(byte[] bytes, int from, int to) {
    long number = NumberParser.unsigned(bytes, from, to);
    port = (int) number;
    return number >= 0 && number <= MAX_PORT;
  }

  /**
   * The upper half of the address.
   *
   * @return its upper 64 bits
   */
  public long high() {
    return address.high();
  }

  /**
   * The lower half of the address.
   *
   * @return its lower 64 bits
   */
  public long low() {
    return address.low();
  }

  /**
   * The port.
   *
   * @return the port, or {@link io.github.sweepwatch.event.ConnectionEvent#NOT_GIVEN}
   */
  public int port() {
    return port;
  }
}
