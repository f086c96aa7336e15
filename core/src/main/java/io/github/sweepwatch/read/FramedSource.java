package io.github.sweepwatch.read;

import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The records of a stream without lines, as its provider cuts them. Not thread-safe. */
final class FramedSource implements RecordSource {
  private final RecordFraming framing;
  private final InputStream content;
  private long count;
  private boolean ended;
  private @Nullable String damage;

  FramedSource(RecordFraming framing, InputStream content) {
    this.framing = framing;
    this.content = content;
  }

  @Override
  public Next next(RecordSlice slice) {
    if (ended) {
      return Next.END;
    }
    RecordFraming.Next next;
    try {
      next = framing.next(content, slice);
    } catch (IOException e) {
      next = end(EventReader.reason(e));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      next = end("the records cannot be told apart: " + e);
    }
    if (next == RecordFraming.Next.END) {
      ended = true;
      return Next.END;
    }
    count++;
    return next == RecordFraming.Next.RECORD ? Next.RECORD : Next.UNUSABLE;
  }

  private RecordFraming.Next end(String why) {
    damage = why + ", after record " + count;
    return RecordFraming.Next.END;
  }

  @Override
  public String problem() {
    return framing.problem();
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public @Nullable String damage() {
    return damage;
  }
}
