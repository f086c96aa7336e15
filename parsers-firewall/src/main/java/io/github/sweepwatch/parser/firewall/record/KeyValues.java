package io.github.sweepwatch.parser.firewall.record;

/**
 * Reads pairs such as {@code srcip=10.0.0.1 user="a b"}: a name, an equals sign, and a value, bare
 * or in double quotes, in which a backslash keeps a quote from ending it. Blanks, commas,
 * semicolons and vertical bars separate pairs; what is no pair is passed over. Thread-safe.
 */
public final class KeyValues {
  private static final byte NAME = 1;
  private static final byte SEPARATOR = 2;

  // By character.
  private static final byte[] KINDS = new byte[256];

  static {
    for (char letter = 'a'; letter <= 'z'; letter++) {
      KINDS[letter] = NAME;
      KINDS[Character.toUpperCase(letter)] = NAME;
    }
    for (char digit = '0'; digit <= '9'; digit++) {
      KINDS[digit] = NAME;
    }
    for (char character : new char[] {'_', '.', '-'}) {
      KINDS[character] = NAME;
    }
    for (char character : new char[] {' ', ',', '\t', ';', '|'}) {
      KINDS[character] = SEPARATOR;
    }
  }

  private KeyValues() {}

  /**
   * Reads a record.
   *
   * @param bytes holds it
   * @param from its first byte
   * @param to its end, exclusive
   * @param names the format's names
   * @param fields takes the fields
   */
  public static void read(byte[] bytes, int from, int to, FieldNames names, Fields fields) {
    fields.start(bytes, from, to);
    int i = from;
    int key = from;
    while (i < to) {
      int character = bytes[i];
      if (character == '=' && i > key) {
        int code = names.find(bytes, key, i);
        int start = i + 1;
        int end;
        if (start < to && bytes[start] == '"') {
          start++;
          end = closingQuote(bytes, start, to);
          i = Math.min(to, end + 1);
        } else {
          end = start;
          while (end < to && !isSeparator(bytes[end])) {
            end++;
          }
          i = end;
        }
        fields.put(code, start, end);
        key = i;
        continue;
      }
      i++;
      if (!isName(character)) {
        key = i;
      }
    }
  }

  private static int closingQuote(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, to);
  }

  private static boolean isSeparator(int character) {
    return KINDS[character & 0xff] == SEPARATOR;
  }

  private static boolean isName(int character) {
    return KINDS[character & 0xff] == NAME;
  }
}
