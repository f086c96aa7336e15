package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Reads the events of a binary event log, {@code .evtx}, as XML, one chunk of 64 KiB in memory at a
 * time. A record's number is its record identifier. Files that were not closed, or are cut off, are
 * read as far as they go; stretches that make no sense are skipped and reported. Not thread-safe.
 *
 * <p>After "Windows XML Event Log (EVTX) format" of the libevtx project.
 */
final class EvtxFraming implements RecordFraming {
  private static final byte[] FILE_SIGNATURE = signature("ElfFile");
  private static final byte[] CHUNK_SIGNATURE = signature("ElfChnk");
  private static final int FILE_HEADER = 4096;
  private static final int FLAGS = 120;
  private static final int DIRTY = 1;
  private static final int HEADER_BLOCK_SIZE = 40;
  private static final int CHUNK = 1 << 16;
  private static final int CHUNK_FIRST_ID = 24;
  private static final int FREE_SPACE = 48;
  private static final int EVENTS_CHECKSUM = 52;
  private static final int FIRST_RECORD = 512;
  private static final int RECORD_MARK = 0x0000_2a2a;
  private static final int RECORD_HEADER = 24;
  private static final int MIN_RECORD = RECORD_HEADER + 4;

  private final byte[] chunk = new byte[CHUNK];
  private final BinXml xml = new BinXml();
  private boolean begun;
  private boolean dirty;
  private int chunks;
  // Of the chunk at hand: how much of it came, where its events end, where the next one is.
  private int filled;
  private int limit;
  private int at;
  private long lastId;
  private boolean checked = true;
  private String problem = "";

  /** Whether a stream begins like an event log, or like a chunk of one. */
  static boolean isSigned(byte[] head) {
    return Bytes.isAt(head, 0, head.length, FILE_SIGNATURE)
        || Bytes.isAt(head, 0, head.length, CHUNK_SIGNATURE);
  }

  @Override
  public Next next(InputStream content, RecordSlice record) throws IOException {
    while (true) {
      if (!checked) {
        checked = true;
        if (!isIntact()) {
          return unusable(
              record,
              LittleEndian.i64(chunk, CHUNK_FIRST_ID),
              "the checksum of chunk " + chunks + " is wrong; some of its events may be, too");
        }
      }
      if (at + MIN_RECORD <= limit && LittleEndian.i32(chunk, at) == RECORD_MARK) {
        Next next = event(record);
        if (next != Next.END) {
          return next;
        }
        continue;
      }
      if (at > 0 && at + MIN_RECORD <= limit && !dirty) {
        int from = at;
        seekMark();
        return unusable(record, lastId + 1, "no event at byte " + from + " of chunk " + chunks);
      }
      if (!readChunk(content)) {
        return Next.END;
      }
      if (!Bytes.isAt(chunk, 0, filled, CHUNK_SIGNATURE)) {
        at = 0;
        limit = 0;
        if (filled == CHUNK && !isEmpty()) {
          return unusable(record, lastId + 1, "chunk " + chunks + " is none");
        }
      }
    }
  }

  @Override
  public String problem() {
    return problem;
  }

  /* The event at hand; the end where it is one that was left over from before. */
  private Next event(RecordSlice record) {
    long size = LittleEndian.u32(chunk, at + 4);
    long id = LittleEndian.i64(chunk, at + 8);
    int from = at;
    if (size < MIN_RECORD || size > limit - from) {
      if (filled < CHUNK || dirty) {
        at = limit;
        return Next.END;
      }
      seekMark();
      return unusable(record, id, "an event of impossible size " + size);
    }
    int to = from + (int) size;
    at = to;
    if (dirty && id <= lastId) {
      at = limit;
      return Next.END;
    }
    lastId = Math.max(lastId, id);
    try {
      xml.write(chunk, from + RECORD_HEADER, to - 4);
    } catch (MalformedXml e) {
      return unusable(record, id, "the event's binary XML cannot be read: " + e.getMessage());
    }
    XmlOutput text = xml.text();
    record.at(text.bytes(), 0, text.length(), Math.max(0, id));
    return Next.RECORD;
  }

  /* Goes to where the next event may begin. */
  private void seekMark() {
    do {
      at += Integer.BYTES;
    } while (at + MIN_RECORD <= limit && LittleEndian.i32(chunk, at) != RECORD_MARK);
  }

  private Next unusable(RecordSlice record, long number, String why) {
    record.at(chunk, 0, 0, Math.max(0, number));
    problem = why;
    return Next.UNUSABLE;
  }

  private boolean readChunk(InputStream content) throws IOException {
    if (filled > 0 && filled < CHUNK) {
      throw new IOException("the event log is cut short in chunk " + chunks);
    }
    int have = begun ? 0 : begin(content);
    begun = true;
    filled = have + content.readNBytes(chunk, have, CHUNK - have);
    if (filled == 0) {
      return false;
    }
    Arrays.fill(chunk, filled, CHUNK, (byte) 0);
    chunks++;
    long free = LittleEndian.u32(chunk, FREE_SPACE);
    boolean plausible = free >= FIRST_RECORD && free <= CHUNK;
    limit = dirty || !plausible ? filled : (int) Math.min(free, filled);
    at = FIRST_RECORD;
    checked = dirty || filled < CHUNK || !Bytes.isAt(chunk, 0, filled, CHUNK_SIGNATURE);
    return true;
  }

  /* The file's header, unless it begins with a chunk; returns how much of that was read. */
  private int begin(InputStream content) throws IOException {
    int read = content.readNBytes(chunk, 0, FILE_HEADER);
    if (Bytes.isAt(chunk, 0, read, CHUNK_SIGNATURE)) {
      dirty = true;
      return read;
    }
    if (read < FILE_HEADER) {
      throw new IOException("the event log is cut short in its header");
    }
    dirty = (LittleEndian.i32(chunk, FLAGS) & DIRTY) != 0;
    content.skipNBytes(Math.max(0, LittleEndian.u16(chunk, HEADER_BLOCK_SIZE) - FILE_HEADER));
    return 0;
  }

  private boolean isIntact() {
    CRC32 checksum = new CRC32();
    checksum.update(chunk, FIRST_RECORD, limit - FIRST_RECORD);
    return (int) checksum.getValue() == LittleEndian.i32(chunk, EVENTS_CHECKSUM);
  }

  private boolean isEmpty() {
    for (int i = 0; i < filled; i++) {
      if (chunk[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] signature(String text) {
    return (text + '\0').getBytes(StandardCharsets.US_ASCII);
  }
}
