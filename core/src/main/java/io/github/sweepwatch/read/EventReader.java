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
    return "";
  }

  public long bytesRead() {
    return 0;
  }

  public ReadSummary forEach(Consumer<? super ConnectionEvent> consumer) {
    return new ReadSummary("", "", 0, 0, 0, 0, java.util.List.of(), null);
  }

  public ReadSummary read(ReadHandler handler) {
    return new ReadSummary("", "", 0, 0, 0, 0, java.util.List.of(), null);
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
      return new EventReader();
    }

    public EventReader open(InputStream in, String name) throws IOException {
      return new EventReader();
    }
  }
}
