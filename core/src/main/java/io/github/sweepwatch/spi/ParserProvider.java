package io.github.sweepwatch.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family of log formats and the way to parse them. Found by {@link java.util.ServiceLoader}, so
 * it needs a public constructor without parameters; it is made once and must be thread-safe, which
 * it is when it keeps nothing.
 */
public interface ParserProvider {
  /**
   * The name by which users choose this parser, such as {@code zeek}: lower case letters, digits,
   * and single hyphens between them. A provider of another name is not used. Of several providers
   * with one name, the first found is used.
   *
   * @return the name
   */
  String name();

  /**
   * The formats it reads, for people: {@code Zeek conn.log (TSV)}.
   *
   * @return one line a format
   */
  List<String> formats();

  /**
   * How sure this provider is that a stream is one of its formats.
   *
   * <p>Some logs begin with comments, blank lines or noise, so look at every line there is. A live
   * stream is shown as soon as a line has come; while every provider says no, it is shown again
   * with what has come since, up to 64 KiB. So score 0 for what is only undecided yet.
   *
   * <p>Do not throw; one that does counts as a no.
   *
   * @param head the stream's first bytes, decompressed and without a byte order mark: up to 64 KiB,
   *     less where no more has come or the stream is shorter; the last line may be cut. Not to be
   *     changed, since other providers see the same array
   * @return 0 for no, up to 100 for a format that announces itself; 50 where the shape fits but
   *     another family might claim it too
   */
  int sniff(byte[] head);

  /**
   * Whether a record by itself, whatever stands around it, is surely one of this provider's: it
   * bears the mark of its format. A stream that several systems write to, as a syslog collector
   * does, hands each record to the provider that claims it. Asked for every such record, so it is
   * to be quick; it does not throw.
   *
   * @param record a record of a stream whose format may change from line to line
   * @return {@code false}, always, for formats that are told by a header or by the whole stream
   */
  default boolean claims(RecordSlice record) {
    return false;
  }

  /**
   * How a stream is cut into records, where these are not its lines. Asked for once a stream, after
   * this provider was chosen for it and before its first record.
   *
   * @param head the stream's first bytes, as for {@link #sniff}: 16 at least, unless it is shorter
   *     or has a line feed among them
   * @return a framing for this stream, or null, always, for formats that are made of lines
   */
  default @Nullable RecordFraming framing(byte[] head) {
    return null;
  }

  /**
   * Opens a parser for one stream. It has seen nothing yet: records begin with the first one, those
   * that {@link #sniff} saw included.
   *
   * @param context what is known of the stream from outside
   * @return a new parser
   */
  LogParser open(ParserContext context);
}
