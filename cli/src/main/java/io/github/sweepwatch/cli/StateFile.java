package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanDetector;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code detect} keeps from one run to the next: how far each file was read, and the detector
 * at that very moment. A state replaces the one before as a whole: it is written beside it, forced
 * to the disk, and given its name. So whenever a run is killed, there is a state, and it is whole.
 *
 * <pre>
 *   magic 8 | positions 4 | position, .. | snapshot of the detector | SHA-256 over all of it |
 * </pre>
 */
final class StateFile {
  private static final long MAGIC = 0x53_57_53_54_41_54_45_01L;
  private static final int MAX_POSITIONS = 10_000;

  private final Path file;

  /** A state could not be saved. */
  static final class Failure extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    Failure(IOException cause) {
      super(cause);
    }

    String reason() {
      return "cannot be saved: " + getCause();
    }
  }

  StateFile(Path file) {
    this.file = file;
  }

  /**
   * What was read.
   *
   * @param detector goes on where the other was
   * @param positions how far files were read
   */
  record State(ScanDetector detector, List<FilePosition> positions) {}

  /**
   * Reads the state, or starts with none if there is no file.
   *
   * @throws IOException if it cannot be used, with the reason; nothing is changed
   */
  State load(ScanDetector.Builder builder) throws IOException {
    if (!Files.exists(file)) {
      return new State(builder.build(), List.of());
    }
    MessageDigest digest = sha256();
    try (DataInputStream in =
        new DataInputStream(
            new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest))) {
      if (in.available() == 0 || in.readLong() != MAGIC) {
        throw new IOException("not a state of detect");
      }
      int number = in.readInt();
      if (number < 0 || number > MAX_POSITIONS) {
        throw new IOException("damaged: " + number + " files");
      }
      List<FilePosition> positions = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        positions.add(FilePosition.read(in));
      }
      ScanDetector detector = builder.restore(in);
      byte[] right = digest.digest();
      if (!MessageDigest.isEqual(right, in.readNBytes(right.length)) || in.read() >= 0) {
        throw new IOException("damaged: its digest does not fit");
      }
      return new State(detector, positions);
    }
  }

  /** Puts a state in the place of the one before. */
  void save(ScanDetector detector, List<FilePosition> positions) throws IOException {
    Path fresh = Path.of(file + ".new");
    MessageDigest digest = sha256();
    try (FileChannel channel =
            FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(stream, digest))) {
      List<FilePosition> latest =
          positions.subList(Math.max(0, positions.size() - MAX_POSITIONS), positions.size());
      out.writeLong(MAGIC);
      out.writeInt(latest.size());
      for (FilePosition position : latest) {
        position.write(out);
      }
      detector.snapshot(out);
      out.flush();
      stream.write(digest.digest());
      stream.flush();
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
  }

  /** The new name is on the disk, too; where directories cannot be opened that is not our care. */
  private void forceDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && System.getProperty("os.name", "").startsWith("Linux")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
