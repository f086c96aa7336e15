package io.github.sweepwatch.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the JSON text of one record, token by token, without an object per token.
 *
 * <pre>{@code
 * cursor.reset(bytes, from, to);
 * if (cursor.next() == JsonToken.BEGIN_OBJECT) {
 *   JsonToken token;
 *   while ((token = cursor.next()) != JsonToken.END_OBJECT && token != JsonToken.INVALID) {
 *     // cursor.keyIs(KEY), cursor.from(), cursor.to() …; an object or array is entered, or:
 *     cursor.skip(token);
 *   }
 * }
 * if (cursor.next() != JsonToken.END) {
 *   sink.reject(cursor.problem());
 * }
 * }</pre>
 *
 * <p>It accepts what RFC 8259 accepts and nothing else, with two exceptions. Bytes of 128 and more
 * in strings need not be valid UTF-8, as names in logs often are not. Objects and arrays nest at
 * most {@value #MAX_DEPTH} deep. A record is known to be valid only when {@link JsonToken#END} has
 * come, so act on its values after that. Members may repeat; which one counts is up to the caller.
 *
 * <p>Not thread-safe.
 */
public final class JsonCursor {
  /** How deep objects and arrays may nest. */
  public static final int MAX_DEPTH = 64;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = ONES << 7;
  private static final long QUOTE_TO_BLANK = ONES * ('"' ^ ' ');
  private static final long AFTER_BLANKS = ONES * (' ' + 1);
  private static final long BACKSLASHES = ONES * '\\';

  /** The depth after a fault, when nothing is read any more. */
  private static final int FAILED = -1;

  private static final int REPLACEMENT = 0xfffd;

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private int at;

  // Bit d is set where level d, counted from the innermost, is an object.
  private long objects;
  private int depth;
  // Whether a value came before in this object, array or record.
  private boolean filled;

  private boolean guessed;
  private byte[] keyBytes = bytes;
  private int keyFrom;
  private int keyTo;
  private int from;
  private int to;
  private boolean escaped;
  private byte[] decodedKey = new byte[0];
  private String problem = "";

  /** A cursor over nothing. */
  public JsonCursor() {}

  /**
   * Starts over, before the first token of a record.
   *
   * @param buffer holds the record; not to be changed while this cursor is on it
   * @param recordFrom its first byte
   * @param recordTo its end, exclusive
   */
  public void reset(byte[] buffer, int recordFrom, int recordTo) {
    bytes = buffer;
    start = recordFrom;
    at = recordFrom;
    end = recordTo;
    objects = 0;
    depth = 0;
    filled = false;
    keyBytes = buffer;
    keyFrom = 0;
    keyTo = 0;
    from = 0;
    to = 0;
    escaped = false;
    problem = "";
  }

  /**
   * Goes to the next token. The value of an object's member comes with its key.
   *
   * @return the token; after {@link JsonToken#END} and {@link JsonToken#INVALID} always the same
   */
  public JsonToken next() {
    return next(JsonKey.NONE);
  }

  /**
   * Goes to the next token like {@link #next()}, and faster if the guess is right. Most logs have
   * their members in the same order in every record, so the last record gives good guesses.
   *
   * @param guess the key that a member is likely to have, if one comes next
   * @return the token
   * @see #guessed
   */
  public JsonToken next(JsonKey guess) {
    if (filled && (objects & 1) != 0 && guess.isNextAt(bytes, at, end)) {
      return guessedMember(guess, at + 1);
    }
    guessed = false;
    int c = skipBlanks();
    if (depth <= 0) {
      return outermost(c);
    }
    boolean inObject = (objects & 1) != 0;
    if (c == (inObject ? '}' : ']')) {
      at++;
      depth--;
      objects >>>= 1;
      filled = true;
      return inObject ? JsonToken.END_OBJECT : JsonToken.END_ARRAY;
    }
    if (filled) {
      if (c != ',') {
        return fail(inObject ? "no comma or brace after a member" : "no comma or bracket");
      }
      at++;
      c = skipBlanks();
    }
    if (!inObject) {
      return value(c);
    }
    if (guess.isAt(bytes, at, end)) {
      return guessedMember(guess, at);
    }
    if (c != '"') {
      return fail("no member name in quotes");
    }
    if (!string()) {
      return JsonToken.INVALID;
    }
    key();
    if (skipBlanks() != ':') {
      return fail("no colon after a member name");
    }
    at++;
    return value(skipBlanks());
  }

  /* From the quote before its name on. */
  private JsonToken guessedMember(JsonKey key, int quote) {
    guessed = true;
    keyBytes = bytes;
    keyFrom = quote + 1;
    at = quote + key.length();
    keyTo = at - 2;
    return value(skipBlanks());
  }

  /**
   * Whether the current member has the key that was given to {@link #next(JsonKey)}.
   *
   * @return true if it was guessed right; false may also mean that it was written in another way
   */
  public boolean guessed() {
    return guessed;
  }

  private JsonToken outermost(int c) {
    if (depth == FAILED) {
      return JsonToken.INVALID;
    }
    if (!filled) {
      return value(c);
    }
    return c < 0 ? JsonToken.END : fail("something after the end of the JSON text");
  }

  /**
   * Skips what is inside an object or array that was just begun. After any other token it does
   * nothing.
   *
   * @param token what {@link #next} returned last
   * @return false if what was skipped is no JSON
   */
  public boolean skip(JsonToken token) {
    if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
      int outside = depth - 1;
      while (depth > outside) {
        if (next() == JsonToken.INVALID) {
          return false;
        }
      }
    }
    return token != JsonToken.INVALID;
  }

  /**
   * How many objects and arrays the cursor is in.
   *
   * @return 0 outside the outermost
   */
  public int depth() {
    return Math.max(0, depth);
  }

  /**
   * Whether the current member has this key.
   *
   * @param key the key
   * @return true if it is the same once escapes are resolved
   */
  public boolean keyIs(JsonKey key) {
    return Arrays.equals(keyBytes, keyFrom, keyTo, key.member, 2, key.member.length - 2);
  }

  /**
   * The buffer with the current member's name, its escapes resolved.
   *
   * @return the array to read between {@link #keyFrom} and {@link #keyTo}
   */
  public byte[] keyBytes() {
    return keyBytes;
  }

  /**
   * Where the current member's name begins.
   *
   * @return an index into {@link #keyBytes}
   */
  public int keyFrom() {
    return keyFrom;
  }

  /**
   * Where the current member's name ends.
   *
   * @return an index into {@link #keyBytes}, exclusive
   */
  public int keyTo() {
    return keyTo;
  }

  /**
   * How far the record was read: after an opening bracket where it was just passed, and after the
   * closing one where what it opened was skipped.
   *
   * @return an index into the record's buffer
   */
  public int position() {
    return at;
  }

  /**
   * Where the current string or number begins, without quotes, in the record's buffer.
   *
   * @return an index
   */
  public int from() {
    return from;
  }

  /**
   * Where the current string or number ends, in the record's buffer.
   *
   * @return an index, exclusive
   */
  public int to() {
    return to;
  }

  /**
   * Whether the current string has escapes in it, so that its bytes are not yet its value.
   *
   * @return true if {@link #copyText} gives other bytes than stand in the record
   */
  public boolean isEscaped() {
    return escaped;
  }

  /**
   * Copies the current string with its escapes resolved, in UTF-8. Half a surrogate pair becomes
   * U+FFFD.
   *
   * @param target takes the bytes
   * @param offset where to put the first; {@code to() - from()} bytes always suffice
   * @return the end of what was put, exclusive
   * @throws IndexOutOfBoundsException if the target is too short
   */
  public int copyText(byte[] target, int offset) {
    return resolve(from, to, target, offset);
  }

  /**
   * The current string or number as text. Allocates.
   *
   * @return the text; bytes that are no UTF-8 are replaced
   */
  public String text() {
    byte[] copy = new byte[to - from];
    return new String(copy, 0, copyText(copy, 0), StandardCharsets.UTF_8);
  }

  /**
   * Why the record is no JSON.
   *
   * @return the reason and where, or an empty text
   */
  public String problem() {
    return problem.isEmpty() ? "" : "no valid JSON at byte " + (at - start + 1) + ": " + problem;
  }

  private JsonToken value(int c) {
    escaped = false;
    filled = true;
    if (c == '"') {
      return string() ? JsonToken.STRING : JsonToken.INVALID;
    }
    if (isDigit(c)) {
      return number();
    }
    return switch (c) {
      case '-' -> number();
      case '{' -> open(1) ? JsonToken.BEGIN_OBJECT : JsonToken.INVALID;
      case '[' -> open(0) ? JsonToken.BEGIN_ARRAY : JsonToken.INVALID;
      case 't' -> literal(TRUE, JsonToken.TRUE);
      case 'f' -> literal(FALSE, JsonToken.FALSE);
      case 'n' -> literal(NULL, JsonToken.NULL);
      case -1 -> fail("the record ends too early");
      default -> fail("no value");
    };
  }

  private boolean open(int kind) {
    if (depth == MAX_DEPTH) {
      fail("nested deeper than " + MAX_DEPTH);
      return false;
    }
    at++;
    depth++;
    objects = objects << 1 | kind;
    filled = false;
    return true;
  }

  private JsonToken literal(byte[] word, JsonToken token) {
    int after = at + word.length;
    if (after > end || !Arrays.equals(bytes, at, after, word, 0, word.length)) {
      return fail("no value");
    }
    from = at;
    to = after;
    at = after;
    return token;
  }

  private JsonToken number() {
    byte[] in = bytes;
    from = at;
    int first = in[at] == '-' ? at + 1 : at;
    int i = digitsEnd(first);
    if (i > first + 1 && in[first] == '0') {
      at = first;
      return fail("a number with a leading zero");
    }
    if (i < end && i > first && in[i] == '.') {
      first = i + 1;
      i = digitsEnd(first);
    }
    if (i < end && i > first && (in[i] | 0x20) == 'e') {
      first = i + 1;
      if (first < end && (in[first] == '+' || in[first] == '-')) {
        first++;
      }
      i = digitsEnd(first);
    }
    at = i;
    to = i;
    return i > first ? JsonToken.NUMBER : fail("a digit is missing");
  }

  private int digitsEnd(int first) {
    byte[] in = bytes;
    int i = first;
    for (int last = in.length - Long.BYTES; i <= last && i < end; i += Long.BYTES) {
      long word = (long) WORDS.get(in, i);
      // As in special, the lowest high bit is right. Of what lies past the record nothing counts.
      long hits = (word + ONES * (0x7f - '9') | word - ONES * '0') & HIGHS;
      if (hits != 0) {
        return Math.min(end, i + (Long.numberOfTrailingZeros(hits) >>> 3));
      }
    }
    while (i < end && isDigit(in[i])) {
      i++;
    }
    return Math.min(end, i);
  }

  /* From the opening quote; sets from, to and escaped. */
  private boolean string() {
    from = at + 1;
    escaped = false;
    int i = at + 1;
    while (true) {
      i = special(i);
      if (i >= end) {
        at = end;
        fail("a string without end");
        return false;
      }
      int c = bytes[i];
      if (c == '"') {
        to = i;
        at = i + 1;
        return true;
      }
      int length = c == '\\' ? escapeLength(i) : 0;
      if (length == 0) {
        at = i;
        fail(c == '\\' ? "a broken escape" : "a control character in a string");
        return false;
      }
      escaped = true;
      i += length;
    }
  }

  /* The first quote, backslash or control character, or an index that is not below the end. */
  private int special(int index) {
    byte[] in = bytes;
    int i = index;
    // Reading past the record but within the buffer is fine: such a hit is not below the end.
    for (int last = Math.min(in.length - Long.BYTES, end); i <= last; i += Long.BYTES) {
      long word = (long) WORDS.get(in, i);
      // This makes a blank of the quote, and leaves control characters below it.
      long low = word ^ QUOTE_TO_BLANK;
      long backslash = word ^ BACKSLASHES;
      // A high bit that is wrongly set stands above one that is rightly set, so the lowest counts.
      long hits = (((low - AFTER_BLANKS) & ~low) | ((backslash - ONES) & ~backslash)) & HIGHS;
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    while (i < end && in[i] != '"' && in[i] != '\\' && (in[i] & 0xff) >= ' ') {
      i++;
    }
    return i;
  }

  private int escapeLength(int backslash) {
    int c = backslash + 1 < end ? bytes[backslash + 1] : -1;
    if (c == 'u') {
      return backslash + 6 <= end && fourHex(backslash + 2) >= 0 ? 6 : 0;
    }
    return simpleEscape(c) >= 0 ? 2 : 0;
  }

  private static int simpleEscape(int c) {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  private int fourHex(int index) {
    int value = 0;
    for (int i = index; i < index + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void key() {
    if (!escaped) {
      keyBytes = bytes;
      keyFrom = from;
      keyTo = to;
      return;
    }
    if (decodedKey.length < to - from) {
      decodedKey = new byte[to - from];
    }
    keyBytes = decodedKey;
    keyFrom = 0;
    keyTo = resolve(from, to, decodedKey, 0);
  }

  private int resolve(int textFrom, int textTo, byte[] target, int offset) {
    int out = offset;
    int i = textFrom;
    while (i < textTo) {
      if (bytes[i] != '\\') {
        target[out++] = bytes[i++];
      } else if (bytes[i + 1] != 'u') {
        target[out++] = (byte) simpleEscape(bytes[i + 1]);
        i += 2;
      } else {
        int character = fourHex(i + 2);
        i += 6;
        if (Character.isHighSurrogate((char) character)
            && i + 6 <= textTo
            && bytes[i] == '\\'
            && bytes[i + 1] == 'u'
            && Character.isLowSurrogate((char) fourHex(i + 2))) {
          character = Character.toCodePoint((char) character, (char) fourHex(i + 2));
          i += 6;
        } else if (Character.isSurrogate((char) character)) {
          character = REPLACEMENT;
        }
        out = putUtf8(character, target, out);
      }
    }
    return out;
  }

  private static int putUtf8(int character, byte[] target, int offset) {
    if (character < 0x80) {
      target[offset] = (byte) character;
      return offset + 1;
    }
    int length = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    int rest = character;
    for (int i = offset + length - 1; i > offset; i--) {
      target[i] = (byte) (0x80 | (rest & 0x3f));
      rest >>>= 6;
    }
    target[offset] = (byte) (0xf00 >>> length | rest);
    return offset + length;
  }

  /* The byte at the cursor once blanks are skipped, or -1 at the end. */
  private int skipBlanks() {
    // The usual log has no blanks between tokens.
    return at < end && bytes[at] > ' ' ? bytes[at] : skipBlanksSlowly();
  }

  private int skipBlanksSlowly() {
    while (at < end) {
      int c = bytes[at];
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        // Bytes above 127 start no token, and must not look like the end.
        return c & 0xff;
      }
      at++;
    }
    return -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private JsonToken fail(String reason) {
    problem = reason;
    depth = FAILED;
    objects = 0;
    return JsonToken.INVALID;
  }
}
