package io.github.sweepwatch.read;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of one log, a file or a stream, with the parser that was named or that
 * recognises it.
 *
 * <pre>{@code
 * try (EventReader log = EventReader.open(Path.of("conn.log.gz"))) {
 *   ReadSummary summary = log.forEach(event -> System.out.println(event));
 * }
 * }</pre>
 *
 * <p>Gzip is found by content, whatever the name says, and may have several members. Lines end in
 * LF or CRLF, the last one also without; a UTF-8 byte order mark at the start is passed over, and
 * blank lines are counted but not parsed. UTF-16 with a byte order mark is turned into UTF-8; bytes
 * that are no valid UTF-8 reach the parser as they are. A binary log is cut into records by its
 * parser. Memory use does not grow with the input. A stream is read as it comes: an event is handed
 * on as soon as its line is complete.
 *
 * <p>Bad input does not throw once a reader is open. A record that cannot be used is a {@link
 * Rejection}, and reading goes on; where the stream itself breaks off, reading ends and {@link
 * ReadSummary#damage} says why. Whatever the handler throws does pass through.
 *
 * <p>Not thread-safe, except for {@link #bytesRead}.
 */
public final class EventReader implements Closeable {
  /** The longest record that is parsed unless set otherwise, in bytes: 1 MiB. */
  public static final int DEFAULT_MAX_RECORD_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

  private final String parserName;
  private final String stream;
  private final CountedInput stored;
  private final RecordReader lines;
  private final ParserProvider provider;
  private final RecordRouter router;
  private final List<ParserScore> scores;
  private @Nullable RecordSource records;
  private final CountingSink sink;
  private final RecordSlice slice = new RecordSlice();
  private boolean finished;
  private boolean closed;

  private EventReader(
      ParserContext context,
      CountedInput stored,
      RecordReader lines,
      List<ParserScore> scores,
      List<ParserProvider> providers,
      LogParser own) {
    provider = providers.get(0);
    parserName = provider.name();
    stream = context.stream();
    this.stored = stored;
    this.lines = lines;
    this.scores = scores;
    sink = new CountingSink(stream);
    router = new RecordRouter(providers, own, context, sink);
  }

  /**
   * Opens a file with the defaults of {@link #builder}.
   *
   * @param path the file
   * @return a reader at its start
   * @throws IOException as {@link Builder#open(Path)} does
   */
  public static EventReader open(Path path) throws IOException {
    return builder().open(path);
  }

  /**
   * A builder with the defaults.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The parser that is used. In a stream that several systems write to, others may be used beside
   * it.
   *
   * @return its name
   */
  public String parser() {
    return parserName;
  }

  /**
   * The parsers that were used so far: {@link #parser} first, then others that records of a mixed
   * stream went to, in the order of their first record.
   *
   * @return their names
   */
  public List<String> parsers() {
    return router.used();
  }

  /**
   * Which parsers recognised the stream by its beginning. The surest is the one that is used; of
   * equals, the one that comes first in the catalog.
   *
   * @return the surest first; empty where the parser was named
   */
  public List<ParserScore> scores() {
    return scores;
  }

  /**
   * How much was read so far of the stream as it is stored: of a compressed one, compressed bytes.
   * May be called from any thread at any time. Wait-free.
   *
   * @return bytes
   */
  public long bytesRead() {
    return stored.count();
  }

  /**
   * Reads to the end, and hands on each connection.
   *
   * @param consumer takes the connections, on this thread
   * @return what was found, as {@link #read} returns it
   * @throws IllegalStateException if this reader is closed
   */
  public ReadSummary forEach(Consumer<? super ConnectionEvent> consumer) {
    Objects.requireNonNull(consumer, "consumer");
    return read((event, line) -> consumer.accept(event));
  }

  /**
   * Reads to the end, and hands on each event and each rejection.
   *
   * <p>What the handler throws ends this call. A later call goes on with the record after the one
   * at which it threw.
   *
   * @param handler takes events and rejections, on this thread
   * @return what was found since this reader was opened
   * @throws IllegalStateException if this reader is closed
   */
  public ReadSummary read(ReadHandler handler) {
    Objects.requireNonNull(handler, "handler");
    if (closed) {
      throw new IllegalStateException("closed: " + stream);
    }
    sink.handler(handler);
    RecordSource source = records;
    if (source == null) {
      source = source();
      records = source;
    }
    RecordSource.Next next = source.next(slice);
    while (next != RecordSource.Next.END) {
      sink.line(slice.line());
      if (next == RecordSource.Next.RECORD) {
        router.parse(slice);
      } else {
        sink.reject(source.problem());
      }
      next = source.next(slice);
    }
    if (!finished) {
      finished = true;
      handler.ending();
      router.finish();
    }
    return sink.summary(parserName, source.count(), source.damage());
  }

  /**
   * Closes the stream.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    closed = true;
    lines.close();
  }

  private RecordSource source() {
    RecordFraming framing = null;
    try {
      framing = provider.framing(lines.signature());
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("parser {} failed to say how {} is cut; by lines, then", parserName, stream, e);
    }
    if (framing == null) {
      return lines;
    }
    // What has no lines has no lines of others.
    router.keepToOwn();
    return new FramedSource(framing, lines.content());
  }

  /** What an exception says, or its kind where it says nothing. */
  static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  /** Settings for a reader, and the ways to open one. Not thread-safe. */
  public static final class Builder {
    private @Nullable String parserName;
    private ZoneId zone = ZoneOffset.UTC;
    private @Nullable LocalDate referenceDate;
    private int maxRecordBytes = DEFAULT_MAX_RECORD_BYTES;
    private @Nullable ParserCatalog parsers;

    private Builder() {}

    /**
     * Which parser to use, for every record. Unless set, the one that is surest of the stream's
     * first bytes; and where records of others stand among its own, as in what a syslog collector
     * writes, the parsers that claim them.
     *
     * @param name a parser's name
     * @return this
     */
    public Builder parser(String name) {
      parserName = Objects.requireNonNull(name, "name");
      return this;
    }

    /**
     * The zone of time stamps that carry none. UTC unless set.
     *
     * @param value the zone
     * @return this
     */
    public Builder zone(ZoneId value) {
      zone = Objects.requireNonNull(value, "zone");
      return this;
    }

    /**
     * A date near the records, for time stamps without a year. Unless set, the date a file was last
     * changed, in the {@link #zone}; for a stream, {@link LocalDate#EPOCH}.
     *
     * @param date the date
     * @return this
     */
    public Builder referenceDate(LocalDate date) {
      referenceDate = Objects.requireNonNull(date, "date");
      return this;
    }

    /**
     * The longest record that is parsed, its line end not counted. A longer one is rejected. Unless
     * set, {@link #DEFAULT_MAX_RECORD_BYTES}.
     *
     * @param bytes 1 to 2<sup>30</sup>
     * @return this
     * @throws IllegalArgumentException if it is out of this range
     */
    public Builder maxRecordBytes(int bytes) {
      if (bytes < 1 || bytes > 1 << 30) {
        throw new IllegalArgumentException("bytes a record not 1 to " + (1 << 30) + ": " + bytes);
      }
      maxRecordBytes = bytes;
      return this;
    }

    /**
     * The parsers to choose from. {@link ParserCatalog#installed} unless set.
     *
     * @param catalog the parsers
     * @return this
     */
    public Builder parsers(ParserCatalog catalog) {
      parsers = Objects.requireNonNull(catalog, "catalog");
      return this;
    }

    /**
     * Opens a file. Unless a parser is named, reads its beginning.
     *
     * @param path the file
     * @return a reader at its start
     * @throws UnknownFormatException if no parser recognises it, or none has the wanted name
     * @throws IOException if it cannot be read; the message is for people
     */
    public EventReader open(Path path) throws IOException {
      String stream = path.toString();
      InputStream in = newInputStream(path);
      try {
        LocalDate date = referenceDate;
        if (date == null) {
          date = LocalDate.ofInstant(Files.getLastModifiedTime(path).toInstant(), zone);
        }
        return open(in, stream, date);
      } catch (IOException | RuntimeException | Error e) {
        try (in) {
          throw e;
        }
      }
    }

    /**
     * Opens a stream. Unless a parser is named, reads its beginning, and waits for it: until a
     * parser recognises the lines that came, 64 KiB came, or the stream ends.
     *
     * @param in the stream, which the reader closes when it is closed; it stays open where this
     *     method throws
     * @param name what to call it in messages
     * @return a reader at its start
     * @throws UnknownFormatException if no parser recognises it, or none has the wanted name
     * @throws IOException if it cannot be read; the message is for people
     */
    public EventReader open(InputStream in, String name) throws IOException {
      Objects.requireNonNull(in, "in");
      Objects.requireNonNull(name, "name");
      return open(in, name, referenceDate == null ? LocalDate.EPOCH : referenceDate);
    }

    private EventReader open(InputStream in, String stream, LocalDate date) throws IOException {
      ParserCatalog catalog = parsers == null ? ParserCatalog.installed() : parsers;
      CountedInput stored = new CountedInput(in);
      RecordReader records =
          new RecordReader(new ContentStream(stored), maxRecordBytes, RecordReader.BUFFER_BYTES);
      List<ParserScore> scores = List.of();
      List<ParserProvider> providers = new ArrayList<>();
      if (parserName == null) {
        scores = recognise(records, catalog, stream);
        for (ParserScore score : scores) {
          providers.add(catalog.named(score.parser()));
        }
        for (ParserProvider provider : catalog.providers()) {
          if (!providers.contains(provider)) {
            providers.add(provider);
          }
        }
      } else {
        providers.add(catalog.named(parserName));
      }
      ParserContext context = new ParserContext(stream, zone, date);
      ParserProvider provider = providers.get(0);
      LogParser own;
      try {
        own = Objects.requireNonNull(provider.open(context), "it gave no parser");
      } catch (RuntimeException | LinkageError e) {
        throw new IOException(
            stream + ": parser " + provider.name() + " cannot be opened: " + e, e);
      }
      return new EventReader(context, stored, records, scores, providers, own);
    }

    /* Waits for as much of the stream as it takes. */
    private static List<ParserScore> recognise(
        RecordReader records, ParserCatalog catalog, String stream) throws IOException {
      boolean more = true;
      int known = 0;
      while (more) {
        more = records.readHead();
        byte[] head = records.head();
        boolean newLine = LineFeeds.find(head, known, head.length) < head.length;
        known = head.length;
        if (newLine || !more) {
          List<ParserScore> scores = catalog.scores(head);
          if (scores.isEmpty()) {
            scores =
                catalog
                    .claimant(head)
                    .map(provider -> List.of(new ParserScore(provider.name(), 0)))
                    .orElse(List.of());
          }
          if (!scores.isEmpty()) {
            return scores;
          }
        }
      }
      IOException failure = records.failure();
      String damage = failure == null ? "" : reason(failure);
      if (known > 0) {
        throw new UnknownFormatException(
            stream
                + ": no parser recognises it; "
                + catalog.available()
                + (damage.isEmpty() ? "" : "; it is damaged, too: " + damage));
      }
      if (failure == null) {
        throw new UnknownFormatException(stream + ": empty, so its format cannot be told");
      }
      throw failure instanceof UnknownFormatException
          ? new UnknownFormatException(stream + ": " + damage)
          : new IOException(stream + ": " + damage, failure);
    }

    private static InputStream newInputStream(Path path) throws IOException {
      String stream = path.toString();
      try {
        if (Files.isDirectory(path)) {
          throw new FileSystemException(stream, null, "is a directory");
        }
        return Files.newInputStream(path);
      } catch (NoSuchFileException e) {
        throw withCause(new NoSuchFileException(stream, null, "no such file"), e);
      } catch (AccessDeniedException e) {
        throw withCause(new AccessDeniedException(stream, null, "permission denied"), e);
      }
    }

    private static IOException withCause(IOException failure, IOException cause) {
      failure.initCause(cause);
      return failure;
    }
  }
}
