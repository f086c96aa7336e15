package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanDetector;
import io.github.sweepwatch.detect.Severity;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.read.EventReader;
import io.github.sweepwatch.read.ReadHandler;
import io.github.sweepwatch.read.ReadSummary;
import io.github.sweepwatch.triage.Triage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded scans, and logons by their sources and by others: recorded ones of SSH with other times
 * and addresses, and generated ones of Windows, all through their parsers. Whatever the order of
 * arrival, each incident has the logons of its source, and no other.
 */
class LogonsAfterScansTest {
  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  /** When the recording begins. */
  private static final long START = 1_795_486_015 * SECOND;

  /** From outside and inside, IPv4 and IPv6. */
  private static final List<String> SCANNERS =
      List.of("10.66.0.22", "10.66.0.26", "10.66.0.41", "fd66::36", "10.10.0.240", "10.66.0.11");

  /** One guesses passwords, one is nobody in the recording, one differs by a digit. */
  private static final List<String> OTHERS = List.of("10.66.0.42", "198.51.100.7", "10.66.0.2");

  /** One of the scanners is never let in. */
  private static final String KEPT_OUT = "10.66.0.41";

  private static final List<ConnectionEvent> CONNECTIONS = new ArrayList<>();
  private static final List<LogonEvent> LOGONS = new ArrayList<>();
  private static final StringBuilder SSH = new StringBuilder();
  private static final StringBuilder SECURITY = new StringBuilder();

  @TempDir private Path folder;

  @BeforeAll
  static void readLogs() throws IOException {
    Random random = new Random(6);
    writeSsh(random);
    int windows = writeWindows(random);
    Handler handler = new Handler();
    try (EventReader log = EventReader.open(sample())) {
      assertEquals(0, log.read(handler).rejected());
    }
    assertTrue(CONNECTIONS.size() > 14_000);
    // Of the 13 recorded connections, 11 say how they ended: 9 succeeded, 2 did not.
    long ssh = 11L * (SCANNERS.size() + OTHERS.size()) - 9;
    assertEquals(ssh, read(SSH, handler).logons());
    assertEquals(windows, read(SECURITY, handler).logons());
    assertEquals(ssh + windows, LOGONS.size());
  }

  private static Path sample() throws IOException {
    return ReadmeTest.root().resolve("samples/zeek-conn.log.gz");
  }

  private static ReadSummary read(StringBuilder text, ReadHandler handler) throws IOException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    try (EventReader log = EventReader.builder().open(new ByteArrayInputStream(bytes), "log")) {
      ReadSummary summary = log.read(handler);
      assertEquals(0, summary.rejected());
      return summary;
    }
  }

  private static void writeSsh(Random random) throws IOException {
    String recorded;
    try (InputStream in = LogonsAfterScansTest.class.getResourceAsStream("recorded/ssh.log")) {
      recorded = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
    recorded.lines().filter(line -> line.startsWith("#")).forEach(line -> SSH.append(line + "\n"));
    for (String row : recorded.lines().filter(line -> !line.startsWith("#")).toList()) {
      for (String source : sources()) {
        if (source.equals(KEPT_OUT) && row.contains("\tT\t")) {
          continue;
        }
        long micros = time(random);
        String time = String.format("%d.%06d", micros / SECOND, micros % SECOND);
        SSH.append(
            row.replaceFirst("^[0-9.]+", time)
                    .replace("192.0.2.1", source)
                    .replace("198.51.100.1", "10.77.0." + (20 + random.nextInt(30)))
                + "\n");
      }
    }
  }

  private static int writeWindows(Random random) {
    int events = 0;
    for (int i = 0; i < 40; i++) {
      for (String source : sources()) {
        boolean success = random.nextInt(8) == 0 && !source.equals(KEPT_OUT);
        SECURITY.append(
            String.format(
                "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
                    + "<Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>%d</EventID>"
                    + "<TimeCreated SystemTime='%s'/><Channel>Security</Channel>"
                    + "<Computer>%s</Computer></System><EventData>"
                    + "<Data Name='TargetUserName'>%s</Data>"
                    + "<Data Name='TargetDomainName'>CORP</Data>"
                    + "<Data Name='LogonType'>%d</Data>"
                    + "<Data Name='AuthenticationPackageName'>NTLM</Data>"
                    + "<Data Name='IpAddress'>%s</Data></EventData></Event>%n",
                success ? 4_624 : 4_625,
                Instant.EPOCH.plus(time(random), ChronoUnit.MICROS),
                "srv" + random.nextInt(4),
                "of-" + source,
                random.nextBoolean() ? 3 : 10,
                source));
        events++;
      }
    }
    return events;
  }

  private static List<String> sources() {
    return Stream.concat(SCANNERS.stream(), OTHERS.stream()).toList();
  }

  /** From before the time that counts to after it, half of them within two hours of the scans. */
  private static long time(Random random) {
    long span = random.nextBoolean() ? 2 * HOUR : 27 * HOUR;
    return START - 20 * MINUTE + Math.floorMod(random.nextLong(), span);
  }

  /** Keeps what is read. */
  private static final class Handler implements ReadHandler {
    @Override
    public void connection(ConnectionEvent event, long line) {
      CONNECTIONS.add(event);
    }

    @Override
    public void logon(LogonEvent event, long line) {
      LOGONS.add(event);
    }
  }

  private static long micros(Object event) {
    return event instanceof LogonEvent logon
        ? logon.timeMicros()
        : ((ConnectionEvent) event).timeMicros();
  }

  private static List<Object> arrivals(String order, Random random) {
    List<LogonEvent> logons = new ArrayList<>(LOGONS);
    Collections.shuffle(logons, random);
    List<Object> events = new ArrayList<>();
    if (order.equals("logons first")) {
      events.addAll(logons);
    }
    events.addAll(CONNECTIONS);
    if (!order.equals("logons first")) {
      events.addAll(logons);
    }
    if (order.equals("by time")) {
      events.sort(Comparator.comparingLong(LogonsAfterScansTest::micros));
    } else if (order.equals("shuffled")) {
      // None comes later than the detector allows.
      Map<Object, Long> delayed = new HashMap<>();
      events.forEach(event -> delayed.put(event, micros(event) + random.nextLong(HOUR)));
      events.sort(Comparator.comparing(delayed::get));
    }
    return events;
  }

  @ParameterizedTest
  @CsvSource({
    "logons first, 1",
    "logons last, 2",
    "by time, 3",
    "shuffled, 4",
    "shuffled, 5",
    "shuffled, 6"
  })
  void eachIncidentHasTheLogonsOfItsSource(String order, long seed) {
    Map<String, Long> starts = new HashMap<>();
    Map<String, Severity> before = new HashMap<>();
    List<ScanAlert> alerts = new ArrayList<>();
    Triage triage = Triage.builder().onAlert(alerts::add).build();
    ScanDetector detector =
        ScanDetector.builder()
            .secretKey(1, 2)
            .onAlert(
                alert -> {
                  starts.merge(alert.id(), alert.firstSeenMicros(), Math::min);
                  before.put(alert.id(), alert.severity());
                  triage.alert(alert);
                })
            .build();
    for (Object event : arrivals(order, new Random(seed))) {
      if (event instanceof LogonEvent logon) {
        triage.logon(logon);
      } else {
        detector.observe((ConnectionEvent) event);
      }
    }
    detector.finish();
    triage.finish();
    int told = alerts.size();
    triage.finish();
    assertEquals(told, alerts.size());
    Map<String, ScanAlert> last = new LinkedHashMap<>();
    alerts.forEach(alert -> last.put(alert.id(), alert));
    Set<String> scanned = new HashSet<>();
    Set<String> gotIn = new HashSet<>();
    for (ScanAlert alert : last.values()) {
      long start = Objects.requireNonNull(starts.get(alert.id()));
      IpAddress source = alert.sources().get(0);
      assertEquals(1, alert.sources().size());
      scanned.add(source.toString());
      boolean succeeded = check(source, start, alert);
      assertEquals(succeeded ? Severity.CRITICAL : before.get(alert.id()), alert.severity());
      if (succeeded) {
        gotIn.add(source.toString());
      }
    }
    assertTrue(scanned.containsAll(SCANNERS), scanned::toString);
    assertFalse(gotIn.contains(KEPT_OUT), gotIn::toString);
    assertEquals(SCANNERS.size() - 1, gotIn.size());
    assertTrue(Collections.disjoint(scanned, OTHERS), scanned::toString);
    assertEquals(0, triage.droppedLogons());
  }

  /** Whether a logon succeeded after the scan's start. */
  private static boolean check(IpAddress source, long start, ScanAlert alert) {
    LogonActivity found = Objects.requireNonNull(alert.explanation()).logons();
    List<LogonEvent> own =
        LOGONS.stream()
            .filter(logon -> logon.source().equals(source))
            .filter(logon -> logon.timeMicros() >= start - 10 * MINUTE)
            .filter(logon -> logon.timeMicros() <= start + 24 * HOUR)
            .toList();
    List<LogonEvent> successes = own.stream().filter(LogonEvent::success).toList();
    assertEquals(SCANNERS.contains(source.toString()), !own.isEmpty());
    assertEquals(own.size(), found.attempts());
    assertEquals(successes.size(), found.successes());
    assertFalse(found.mayBeIncomplete());
    assertEquals(
        successes.stream().min(Comparator.comparingLong(LogonEvent::timeMicros)).orElse(null),
        found.firstSuccess());
    assertEquals(own.isEmpty() ? List.of() : List.of("CORP\\of-" + source), found.accounts());
    return successes.stream().anyMatch(logon -> logon.timeMicros() >= start);
  }

  @Test
  void theCommandTakesTheFilesInAnyOrder() throws IOException {
    String conn = sample().toString();
    String ssh = Files.writeString(folder.resolve("ssh.log"), SSH).toString();
    String windows = Files.writeString(folder.resolve("security.xml"), SECURITY).toString();
    Map<String, String> expected = logons(conn, ssh, windows);
    assertTrue(expected.keySet().containsAll(SCANNERS), expected::toString);
    for (List<String> files :
        List.of(
            List.of(conn, windows, ssh),
            List.of(ssh, conn, windows),
            List.of(ssh, windows, conn),
            List.of(windows, conn, ssh),
            List.of(windows, ssh, conn))) {
      assertEquals(expected, logons(files.toArray(String[]::new)));
    }
  }

  /** What the last line of each source's incidents says of logons, where there were any. */
  private static Map<String, String> logons(String... files) {
    String[] arguments = new String[files.length + 3];
    arguments[0] = "detect";
    arguments[1] = "--output";
    arguments[2] = "json";
    System.arraycopy(files, 0, arguments, 3, files.length);
    CommandRun run = CommandRun.of(arguments);
    assertEquals(ExitCode.OK, run.code(), run.err());
    Map<String, String> logons = new TreeMap<>();
    for (String line : run.outLines()) {
      if (!line.contains("\"attempts\":0,")) {
        String source = line.replaceFirst(".*\"sources\":\\[\"([^\"]+)\".*", "$1");
        int from = line.indexOf("\"logons\":");
        logons.put(source, line.substring(from, line.indexOf("\"ids\":", from)));
      }
    }
    return logons;
  }
}
