package io.github.sweepwatch.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How far a file has been read. A file is known by its first bytes, not by its name: so one that
 * was renamed is known, and one that took its name is not.
 *
 * @param beginning how many bytes it is known by, 1 or more
 * @param digest SHA-256 over them, in hexadecimal digits
 * @param taken how many connections were taken from it
 * @param heldBack how many of them came at its end, held back until then since records to come
 *     might have had more about them; in a file that has grown they come in their own place
 * @param size how long the file was when they came; 0 if its end has not been reached
 */
record FilePosition(int beginning, String digest, long taken, long heldBack, long size) {
  private static final int BEGINNING = 1 << 16;
  private static final int DIGITS = 64;

  /** The start of a file; its beginning is empty if the file is, or is not of the kind to stay. */
  static FilePosition startOf(Path file) throws IOException {
    int length = Files.isRegularFile(file) ? (int) Math.min(BEGINNING, Files.size(file)) : 0;
    return new FilePosition(length, length == 0 ? "" : digest(file, length), 0, 0, 0);
  }

  /** Whether a file begins like the one that this is a position in. */
  boolean isIn(Path file) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) >= beginning
        && digest(file, beginning).equals(digest);
  }

  /** How many connections to pass over, of a file that now has a size. */
  long toSkip(long now) {
    return now == size ? taken : taken - heldBack;
  }

  /** The same position in what has become longer. */
  FilePosition knownBy(FilePosition start, long sizeNow) {
    boolean ended = sizeNow == size;
    return new FilePosition(
        start.beginning, start.digest, toSkip(sizeNow), ended ? heldBack : 0, ended ? size : 0);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(beginning);
    out.write(HexFormat.of().parseHex(digest));
    out.writeLong(taken);
    out.writeLong(heldBack);
    out.writeLong(size);
  }

  static FilePosition read(DataInputStream in) throws IOException {
    int beginning = in.readInt();
    byte[] digest = new byte[DIGITS / 2];
    in.readFully(digest);
    FilePosition position =
        new FilePosition(
            beginning,
            HexFormat.of().formatHex(digest),
            in.readLong(),
            in.readLong(),
            in.readLong());
    if (beginning < 1 || beginning > BEGINNING || position.heldBack > position.taken) {
      throw new IOException("damaged: no such position in a file");
    }
    return position;
  }

  private static String digest(Path file, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(length);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
