package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each record to the parser that is to take it. That is the stream's own, until a record
 * comes that it makes nothing of and that another provider claims. From then on the stream is
 * mixed: each record goes to the provider that claims it, the stream's own being asked first, and
 * to the stream's own if none does. Not thread-safe.
 */
final class RecordRouter {
  private static final Logger LOG = LoggerFactory.getLogger(RecordRouter.class);

  private final List<ParserProvider> providers;
  private final ParserContext context;
  private final CountingSink sink;
  private final @Nullable LogParser[] parsers;
  private final LogParser own;
  private @Nullable RecordClaims claims;
  private final List<String> used = new ArrayList<>();
  private boolean mixed;

  /**
   * A router.
   *
   * @param providers the stream's own, then those that others' records may go to; none if there is
   *     to be no other parser than the stream's own
   * @param own the stream's own parser
   */
  RecordRouter(
      List<ParserProvider> providers, LogParser own, ParserContext context, CountingSink sink) {
    this.providers = providers;
    this.context = context;
    this.sink = sink;
    this.own = own;
    parsers = new @Nullable LogParser[providers.size()];
    parsers[0] = own;
    used.add(providers.get(0).name());
    claims = providers.size() > 1 ? new RecordClaims(providers) : null;
  }

  /** The names of the parsers that records went to, in the order of their first. */
  List<String> used() {
    return List.copyOf(used);
  }

  /** Says that there are no records of others. */
  void keepToOwn() {
    claims = null;
  }

  /** Tells every parser that the stream has ended. */
  void finish() {
    for (int i = 0; i < parsers.length; i++) {
      LogParser parser = parsers[i];
      if (parser != null) {
        tell(i, () -> parser.finish(sink));
      }
    }
  }

  void parse(RecordSlice record) {
    RecordClaims ask = claims;
    if (ask == null) {
      parse(0, own, record);
    } else if (mixed) {
      int index = ask.claimant(record);
      take(Math.max(0, index), index < 0 ? record : ask.claimed());
    } else {
      sink.hold();
      parse(0, own, record);
      if (!sink.isIdle() || !isOthers(ask, record)) {
        sink.release();
      }
    }
  }

  /* Of what the stream's own parser made nothing. Takes the record if it is another's. */
  private boolean isOthers(RecordClaims ask, RecordSlice record) {
    int index = ask.claimant(record);
    if (index < 0 || (index == 0 && ask.claimed() == record)) {
      return false;
    }
    mixed = true;
    sink.discard();
    take(index, ask.claimed());
    return true;
  }

  private void take(int index, RecordSlice record) {
    LogParser parser = parsers[index];
    if (parser == null) {
      ParserProvider provider = providers.get(index);
      try {
        parser = Objects.requireNonNull(provider.open(context), "it gave no parser");
      } catch (RuntimeException | LinkageError e) {
        String name = provider.name();
        LOG.debug("parser {} cannot be opened", name, e);
        sink.reject("parser " + name + " cannot be opened: " + e);
        return;
      }
      parsers[index] = parser;
      used.add(provider.name());
    }
    parse(index, parser, record);
  }

  private void parse(int index, LogParser parser, RecordSlice record) {
    try {
      parser.parse(record, sink);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      sink.rethrow();
      String name = providers.get(index).name();
      LOG.debug("parser {} failed at {}:{}", name, context.stream(), record.line(), e);
      sink.reject("parser " + name + " failed: " + e);
    }
    sink.rethrow();
  }

  private void tell(int index, Runnable news) {
    try {
      news.run();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      sink.rethrow();
      String name = providers.get(index).name();
      LOG.debug("parser {} failed at the end of {}", name, context.stream(), e);
      sink.reject("parser " + name + " failed: " + e);
    }
    sink.rethrow();
  }
}
