package io.github.sweepwatch.read;

import io.github.sweepwatch.event.ConnectionEvent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Consumer;

/** Skeleton. */
public final class EventReader implements Closeable {
  private EventReader() {}

  public static EventReader open(Path path) throws IOException {
    return builder().open(path);
  }

  public static Builder builder() {
    return new Builder();
  }

  public String parser() {
    throw new UnsupportedOperationException();
  }

  public long bytesRead() {
    throw new UnsupportedOperationException();
  }

  public ReadSummary forEach(Consumer<? super ConnectionEvent> consumer) {
    throw new UnsupportedOperationException();
  }

  public ReadSummary read(ReadHandler handler) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {}

  public static final class Builder {
    public Builder parser(String name) {
      return this;
    }

    public Builder zone(ZoneId zone) {
      return this;
    }

    public Builder referenceDate(LocalDate date) {
      return this;
    }

    public Builder maxRecordBytes(int bytes) {
      return this;
    }

    public Builder parsers(ParserCatalog catalog) {
      return this;
    }

    public EventReader open(Path path) throws IOException {
      throw new UnsupportedOperationException();
    }

    public EventReader open(InputStream in, String name) throws IOException {
      throw new UnsupportedOperationException();
    }
  }
}
