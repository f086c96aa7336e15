package io.github.sweepwatch.parser.sysmon;

/** Says that binary XML cannot be read further. Caught where its reading began; has no stack. */
final class MalformedXml extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedXml(String message) {
    super(message, null, false, false);
  }
}
