package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.read.ReadHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of {@code detect} that goes on where another was, and of which another can go on. Of each
 * file what was taken before is passed over: it is parsed again, since what a record says may
 * depend on those before it, but not taken again.
 *
 * <p>States are saved now and then, so that saving takes about a twentieth of the time, and at the
 * end. Alerts are written out before the state that knows of them is: so none is lost, and one that
 * was written after the last state is written again, to the byte, by who goes on.
 */
final class ResumableRun {
  private static final int EVENTS_A_LOOK = 256;
  private static final long SHARE = 20;
  private static final long LEAST_NANOS = 100_000_000;

  private final StateFile state;
  private final ScanDetector detector;
  private final ReadHandler taker;
  private final Runnable writeOut;
  private final boolean savesMeanwhile;
  // Of earlier runs, not met in this one; and of this one, the last of which is being read.
  private final List<FilePosition> earlier;
  private final List<FilePosition> met = new ArrayList<>();
  private long savedAt = System.nanoTime();
  private long pause = LEAST_NANOS;
  private int untilLook = EVENTS_A_LOOK;

  /**
   * A run.
   *
   * @param state where states go
   * @param start what it goes on from
   * @param taker takes connections that were not taken before, and all logons and notices: what is
   *     known of those is no part of the state
   * @param writeOut writes out all alerts so far
   * @param savesMeanwhile whether alerts are written as they come, so that a state may be saved
   *     before the end
   */
  ResumableRun(
      StateFile state,
      StateFile.State start,
      ReadHandler taker,
      Runnable writeOut,
      boolean savesMeanwhile) {
    this.state = state;
    detector = start.detector();
    earlier = new ArrayList<>(start.positions());
    this.taker = taker;
    this.writeOut = writeOut;
    this.savesMeanwhile = savesMeanwhile;
  }

  /** What takes the events of a file. */
  ReadHandler of(String file) {
    if (file.equals(LogInput.STANDARD_INPUT)) {
      return new Resumed(new FilePosition(0, "", 0, 0, 0), 0);
    }
    try {
      Path path = Path.of(file);
      FilePosition start = FilePosition.startOf(path);
      long size = Files.size(path);
      for (int i = 0; i < earlier.size(); i++) {
        if (earlier.get(i).isIn(path)) {
          return new Resumed(earlier.remove(i).knownBy(start, size), size);
        }
      }
      return new Resumed(start, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Saves a state after all alerts so far. */
  void save() {
    writeOut.run();
    List<FilePosition> positions = new ArrayList<>(earlier);
    met.stream().filter(position -> position.beginning() > 0).forEach(positions::add);
    long before = System.nanoTime();
    try {
      state.save(detector, positions);
    } catch (IOException e) {
      throw new StateFile.Failure(e);
    }
    savedAt = System.nanoTime();
    pause = Math.max(LEAST_NANOS, SHARE * (savedAt - before));
  }

  /** Passes over what was taken before, and counts what is taken now. */
  private final class Resumed implements ReadHandler {
    private final int index = met.size();
    private final FilePosition start;
    private final long size;
    private long passed;
    private long heldBack;
    private boolean ended;

    Resumed(FilePosition start, long size) {
      this.start = start;
      this.size = size;
      met.add(start);
    }

    @Override
    public void connection(ConnectionEvent event, long line) {
      passed++;
      heldBack += ended ? 1 : 0;
      if (passed <= start.taken()) {
        return;
      }
      taker.connection(event, line);
      note();
      if (--untilLook == 0) {
        untilLook = EVENTS_A_LOOK;
        if (savesMeanwhile && System.nanoTime() - savedAt > pause) {
          save();
        }
      }
    }

    @Override
    public void logon(LogonEvent event, long line) {
      taker.logon(event, line);
    }

    @Override
    public void notice(NoticeEvent event, long line) {
      taker.notice(event, line);
    }

    @Override
    public void ending() {
      ended = true;
      note();
    }

    private void note() {
      met.set(
          index,
          new FilePosition(
              start.beginning(),
              start.digest(),
              Math.max(passed, start.taken()),
              heldBack,
              ended ? size : 0));
    }
  }
}
