package io.github.sweepwatch.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Makes gzip for tests. */
final class Gzip {
  private Gzip() {}

  /** One member, as the JDK writes it. */
  static byte[] gzip(String text) {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** One member with the optional fields of RFC 1952 that the flags ask for. */
  static byte[] member(byte[] content, int flags, int level) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 1, 2, 3, 4, 2, 3});
    if ((flags & 4) != 0) {
      out.writeBytes(new byte[] {3, 1});
      out.writeBytes(new byte[259]);
    }
    if ((flags & 8) != 0) {
      out.writeBytes("conn.log\0".getBytes(StandardCharsets.US_ASCII));
    }
    if ((flags & 16) != 0) {
      out.writeBytes("rotated\0".getBytes(StandardCharsets.US_ASCII));
    }
    if ((flags & 2) != 0) {
      write(out, crc(out.toByteArray()), 2);
    }
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(content);
    deflater.finish();
    byte[] buffer = new byte[512];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    write(out, crc(content), 4);
    write(out, content.length, 4);
    return out.toByteArray();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static long crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  private static void write(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
