package io.github.sweepwatch.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be opened is said in one message that a person understands. */
class OpenFailureTest {
  @TempDir Path directory;

  private static EventReader.Builder tiny() {
    return EventReader.builder().parsers(TinyProvider.catalog());
  }

  private static <T extends IOException> void assertFails(
      Class<T> type, String message, EventReader.Builder builder, byte[] content) {
    T e = assertThrows(type, () -> builder.open(new ByteArrayInputStream(content), "log"));
    assertEquals(message, e.getMessage());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void missing() {
    Path path = directory.resolve("absent.log");
    NoSuchFileException e = assertThrows(NoSuchFileException.class, () -> tiny().open(path));
    assertEquals(path + ": no such file", e.getMessage());
  }

  @Test
  void directory() {
    IOException e = assertThrows(IOException.class, () -> tiny().open(directory));
    assertEquals(directory + ": is a directory", e.getMessage());
  }

  @Test
  void unreadable() throws IOException {
    Path path = Files.writeString(directory.resolve("secret.log"), "#tiny\n");
    assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("-w-------"));
    assumeFalse(Files.isReadable(path), "this user may read everything");
    AccessDeniedException e = assertThrows(AccessDeniedException.class, () -> tiny().open(path));
    assertEquals(path + ": permission denied", e.getMessage());
  }

  @Test
  void empty() throws IOException {
    String message = "log: empty, so its format cannot be told";
    assertFails(UnknownFormatException.class, message, tiny(), new byte[0]);
    assertFails(UnknownFormatException.class, message, tiny(), Gzip.gzip(""));
    assertFails(UnknownFormatException.class, message, tiny(), new byte[] {-17, -69, -65});
    Path path = Files.createFile(directory.resolve("empty.log"));
    assertThrows(UnknownFormatException.class, () -> tiny().open(path));
    try (EventReader log = tiny().parser("tiny").open(path)) {
      ReadSummary summary = log.forEach(event -> {});
      assertEquals(new ReadSummary(path.toString(), "tiny", 0, 0, 0, 0, List.of(), null), summary);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"what is this", "what\nis\nthis\n", "\n\n\n", "\0\1\2\3"})
  void unknownFormat(String content) {
    assertFails(
        UnknownFormatException.class,
        "log: no parser recognises it; the parsers are: tiny",
        tiny(),
        bytes(content));
  }

  @Test
  void unknownFormatOfDamagedData() {
    byte[] stored = Gzip.gzip("what is this\n".repeat(100));
    assertFails(
        UnknownFormatException.class,
        "log: no parser recognises it; the parsers are: tiny; it is damaged, too: gzip data is cut"
            + " short",
        tiny(),
        Arrays.copyOf(stored, stored.length - 4));
  }

  @Test
  void unknownName() {
    assertFails(
        UnknownFormatException.class,
        "no parser is named 'zeke'; the parsers are: tiny",
        tiny().parser("zeke"),
        bytes("#tiny\n"));
  }

  @Test
  void noParsersAtAll() {
    EventReader.Builder none = EventReader.builder().parsers(ParserCatalog.of(List.of()));
    assertFails(
        UnknownFormatException.class,
        "log: no parser recognises it; no parsers are installed",
        none,
        bytes("#tiny\n"));
    assertFails(
        UnknownFormatException.class,
        "no parser is named 'tiny'; no parsers are installed",
        none.parser("tiny"),
        bytes("#tiny\n"));
  }

  @Test
  void damagedFromTheStart() {
    byte[] stored = Gzip.gzip("#tiny\n");
    assertFails(IOException.class, "log: gzip data is cut short", tiny(), Arrays.copyOf(stored, 7));
    assertFails(
        IOException.class, "log: corrupt gzip header", tiny(), new byte[] {0x1f, -117, 7, 0});
    stored[10] = 7;
    assertFails(IOException.class, "log: corrupt gzip data", tiny(), stored);
  }

  @Test
  void failingStreams() {
    InputStream nameless = new FailingStream(new SocketException());
    IOException e = assertThrows(IOException.class, () -> tiny().open(nameless, "log"));
    assertEquals("log: SocketException", e.getMessage());
  }

  @Test
  void leavesAStreamOpenThatItCannotUse() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream(bytes("what?")) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    assertThrows(UnknownFormatException.class, () -> tiny().open(in, "log"));
    assertFalse(closed.get());
  }

  @Test
  void parsersThatCannotBeOpened() {
    assertFails(
        IOException.class,
        "log: parser broken cannot be opened: java.lang.IllegalStateException: no licence",
        broken(
            context -> {
              throw new IllegalStateException("no licence");
            }),
        bytes("x"));
    assertFails(
        IOException.class,
        "log: parser broken cannot be opened: java.lang.NullPointerException: it gave no parser",
        broken(context -> null),
        bytes("x"));
  }

  /** How a provider opens a parser, or does not. */
  private interface Opening {
    @Nullable LogParser open(ParserContext context);
  }

  private static EventReader.Builder broken(Opening opening) {
    ParserProvider provider =
        new ParserProvider() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public List<String> formats() {
            return List.of();
          }

          @Override
          public int sniff(byte[] head) {
            return 1;
          }

          @Override
          @SuppressWarnings("NullAway") // may well return null
          public LogParser open(ParserContext context) {
            return opening.open(context);
          }
        };
    return EventReader.builder().parsers(ParserCatalog.of(List.of(provider)));
  }
}
