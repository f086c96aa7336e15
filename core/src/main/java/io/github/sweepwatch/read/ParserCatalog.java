package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parsers there are, each under its name. Of several with one name, the first is used.
 *
 * <p>A provider that cannot be loaded, throws, or has no proper name is passed over with a warning
 * in the log; the others are used all the same.
 *
 * <p>Immutable; thread-safe, as its providers are.
 */
public final class ParserCatalog {
  private static final Logger LOG = LoggerFactory.getLogger(ParserCatalog.class);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** After so many in a row that cannot be loaded, no more are tried: the loader may be stuck. */
  private static final int MAX_FAILURES = 100;

  private static final int BEST_SCORE = 100;

  private final Map<String, ParserProvider> byName;

  private ParserCatalog(Map<String, ParserProvider> byName) {
    this.byName = byName;
  }

  /**
   * The parsers that a class loader finds, in the order of {@link ServiceLoader}.
   *
   * @param loader looks for {@code META-INF/services/io.github.sweepwatch.spi.ParserProvider}
   * @return the catalog, which may be empty
   */
  public static ParserCatalog load(ClassLoader loader) {
    Map<String, ParserProvider> found = new LinkedHashMap<>();
    addServices(found, loader);
    return new ParserCatalog(found);
  }

  /**
   * The parsers beside this library, as its own class loader finds them, and after them those that
   * the calling thread's context class loader finds.
   *
   * @return the catalog, which may be empty
   */
  public static ParserCatalog installed() {
    Map<String, ParserProvider> found = new LinkedHashMap<>();
    ClassLoader own = ParserCatalog.class.getClassLoader();
    addServices(found, own);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (context != null && context != own) {
      addServices(found, context);
    }
    return new ParserCatalog(found);
  }

  /**
   * A catalog of just these parsers.
   *
   * @param providers the parsers, in order of precedence
   * @return the catalog
   */
  public static ParserCatalog of(Collection<? extends ParserProvider> providers) {
    Map<String, ParserProvider> found = new LinkedHashMap<>();
    providers.forEach(provider -> add(found, provider));
    return new ParserCatalog(found);
  }

  /**
   * The parsers.
   *
   * @return one a name, in order of precedence
   */
  public List<ParserProvider> providers() {
    return List.copyOf(byName.values());
  }

  /**
   * The parser of a name.
   *
   * @param name the name, as in {@link ParserProvider#name}
   * @return the parser
   * @throws UnknownFormatException if there is none; its message names those there are
   */
  public ParserProvider named(String name) throws UnknownFormatException {
    ParserProvider provider = byName.get(name);
    if (provider == null) {
      throw new UnknownFormatException("no parser is named '" + name + "'; " + available());
    }
    return provider;
  }

  /**
   * The parser that is surest of a stream, by {@link ParserProvider#sniff}. Of equals, the first.
   *
   * @param head the stream's first bytes
   * @return the parser, or nothing where none scores above 0
   */
  public Optional<ParserProvider> recognise(byte[] head) {
    return scores(head).stream().findFirst().map(best -> byName.get(best.parser()));
  }

  /**
   * How sure each parser is of a stream, by {@link ParserProvider#sniff}.
   *
   * @param head the stream's first bytes
   * @return those that score above 0, the surest first; equals in order of precedence
   */
  public List<ParserScore> scores(byte[] head) {
    List<ParserScore> scores = new ArrayList<>();
    for (Map.Entry<String, ParserProvider> entry : byName.entrySet()) {
      int score = Math.min(BEST_SCORE, sniff(entry.getKey(), entry.getValue(), head));
      if (score > 0) {
        scores.add(new ParserScore(entry.getKey(), score));
      }
    }
    scores.sort(Comparator.comparingInt(ParserScore::score).reversed());
    return List.copyOf(scores);
  }

  /**
   * The parser that claims most of the records that a stream begins with, by {@link
   * ParserProvider#claims}: for a stream that no parser is sure of as a whole, as where its records
   * come through syslog. Of equals, the first. The last line may be cut, and counts as well.
   */
  Optional<ParserProvider> claimant(byte[] head) {
    List<ParserProvider> providers = providers();
    RecordClaims claims = new RecordClaims(providers);
    int[] records = new int[providers.size()];
    RecordSlice record = new RecordSlice();
    int from = 0;
    long line = 0;
    while (from < head.length) {
      int end = LineFeeds.find(head, from, head.length);
      int to = end > from && head[end - 1] == '\r' ? end - 1 : end;
      int index =
          to == from ? RecordClaims.NONE : claims.claimant(record.at(head, from, to, ++line));
      if (index >= 0) {
        records[index]++;
      }
      from = end + 1;
    }
    int best = RecordClaims.NONE;
    for (int i = 0; i < records.length; i++) {
      if (records[i] > (best < 0 ? 0 : records[best])) {
        best = i;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(providers.get(best));
  }

  /** Which parsers there are, as the end of a message. */
  String available() {
    return byName.isEmpty()
        ? "no parsers are installed"
        : "the parsers are: " + String.join(", ", byName.keySet());
  }

  private static int sniff(String name, ParserProvider provider, byte[] head) {
    try {
      return provider.sniff(head);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.warn("parser {} failed to look at a stream, which it is passed over for", name, e);
      return 0;
    }
  }

  private static void addServices(Map<String, ParserProvider> found, ClassLoader loader) {
    Iterator<ParserProvider> services = ServiceLoader.load(ParserProvider.class, loader).iterator();
    int failures = 0;
    while (failures < MAX_FAILURES) {
      try {
        if (!services.hasNext()) {
          return;
        }
        add(found, services.next());
        failures = 0;
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        LOG.warn("a parser cannot be loaded and is passed over", e);
      }
    }
  }

  private static void add(Map<String, ParserProvider> found, ParserProvider provider) {
    String type = provider.getClass().getName();
    String name;
    try {
      name = provider.name();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("parser {} failed to say its name and is passed over", type, e);
      return;
    }
    if (!NAME.matcher(name).matches()) {
      LOG.warn("parser {} has no proper name and is passed over: '{}'", type, name);
    } else if (found.putIfAbsent(name, provider) != null) {
      LOG.debug("parser {} is passed over: there is one named {} already", type, name);
    }
  }
}
