package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.SyslogHeader;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers, in order, whether a record is theirs: first the record as it stands, then what
 * follows a syslog header, since a format that knows nothing of syslog may come through it, and
 * what a shipper's JSON object carries. Not thread-safe.
 */
final class RecordClaims {
  /** No provider claims the record. */
  static final int NONE = -1;

  private static final Logger LOG = LoggerFactory.getLogger(RecordClaims.class);
  private static final byte[] COOKIE = {'@', 'c', 'e', 'e', ':'};
  // Headers are shorter, and no record is searched from end to end for an object that may follow.
  private static final int MAX_HEADER = 1024;

  private final List<ParserProvider> providers;
  // Only the header's length is wanted, so any zone and date do.
  private final SyslogHeader header = new SyslogHeader(ZoneOffset.UTC, LocalDate.EPOCH);
  private final RecordSlice payload = new RecordSlice();
  private final Envelope envelope = new Envelope();
  private RecordSlice claimed = payload;
  private int taker = NONE;

  /**
   * Claims among providers.
   *
   * @param providers the one that comes first is asked first
   */
  RecordClaims(List<ParserProvider> providers) {
    this.providers = providers;
  }

  /** The index of the provider that claims a record, or {@link #NONE}. */
  int claimant(RecordSlice record) {
    int direct = direct(record);
    RecordSlice object = claimed;
    if (direct != NONE || !isObject(object.bytes(), object.from(), object.to())) {
      return direct;
    }
    boolean taken =
        envelope.open(
            object,
            text -> text.length() > 0 && (taker = direct(text)) != NONE,
            inner -> (taker = whole(inner)) != NONE);
    if (!taken) {
      claimed = record;
    }
    return taken ? taker : NONE;
  }

  private int whole(RecordSlice record) {
    claimed = record;
    return ask(record);
  }

  /* Of the record as it stands, or without what stands in front. */
  private int direct(RecordSlice record) {
    int whole = whole(record);
    if (whole != NONE) {
      return whole;
    }
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    if (isObject(bytes, from, to)) {
      return NONE;
    }
    claimed = payload;
    int start = afterCookie(bytes, header.parse(bytes, from, to), to);
    if (start > from && start < to) {
      int behind = ask(payload.at(bytes, start, to, record.line()));
      if (behind != NONE || isObject(bytes, start, to)) {
        return behind;
      }
    }
    // Behind words that are no header's.
    int object = object(bytes, from, Math.min(to, from + MAX_HEADER));
    if (object < 0) {
      claimed = record;
      return NONE;
    }
    return ask(payload.at(bytes, object, to, record.line()));
  }

  /** What of the record the last claimant is to be given. Valid until the next call. */
  RecordSlice claimed() {
    return claimed;
  }

  private int ask(RecordSlice record) {
    for (int i = 0; i < providers.size(); i++) {
      if (claims(providers.get(i), record)) {
        return i;
      }
    }
    return NONE;
  }

  private static boolean claims(ParserProvider provider, RecordSlice record) {
    try {
      return provider.claims(record);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.debug("parser {} failed to look at a record", provider.getClass().getName(), e);
      return false;
    }
  }

  private static boolean isObject(byte[] bytes, int from, int to) {
    return from < to && bytes[from] == '{';
  }

  private static int object(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '{') {
        return i;
      }
    }
    return -1;
  }

  private static int afterCookie(byte[] bytes, int from, int to) {
    int after = from + COOKIE.length;
    if (after > to || !Arrays.equals(bytes, from, after, COOKIE, 0, COOKIE.length)) {
      return from;
    }
    while (after < to && bytes[after] == ' ') {
      after++;
    }
    return after;
  }
}
