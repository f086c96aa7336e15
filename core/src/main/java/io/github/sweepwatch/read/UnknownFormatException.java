package io.github.sweepwatch.read;

import java.io.IOException;

/** No installed parser recognises a stream, or none has the wanted name. */
public final class UnknownFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception with its message.
   *
   * @param message which stream or name, and which parsers there are
   */
  public UnknownFormatException(String message) {
    super(message);
  }
}
