package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.event.NoticeEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.Excerpt;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.PackedText;
import io.github.sweepwatch.text.TextCache;
import io.github.sweepwatch.text.TimeParser;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a logon of a record that says whether one worked, and passes over those that do not: an SSH
 * session of which Zeek could not tell, an RDP negotiation, a session of nobody's, a Kerberos
 * ticket for a service, a call for pre-authentication. An FTP session that gets as far as a
 * transfer has logged on; it counts once. A notice that accuses an address is handed on as one. Not
 * thread-safe.
 */
final class LogonDecoder {
  private static final long TRUE = PackedText.of("true");
  private static final long FALSE = PackedText.of("false");
  private static final long AS = PackedText.of("AS");
  private static final long PASS = PackedText.of("PASS");
  private static final long USER = PackedText.of("USER");
  private static final long ACCT = PackedText.of("ACCT");
  private static final int LOGGED_IN = 230;
  private static final int LOGGED_IN_SECURELY = 232;
  private static final int BAD_ACCOUNT = 430;
  private static final int NOT_LOGGED_IN = 530;
  private static final Set<Integer> TRANSFERRING = Set.of(125, 150, 226, 227, 229, 250);

  private static final Set<String> KERBEROS_FAILURES =
      Set.of(
          "KDC_ERR_PREAUTH_FAILED",
          "KDC_ERR_C_PRINCIPAL_UNKNOWN",
          "KDC_ERR_CLIENT_REVOKED",
          "KDC_ERR_CLIENT_NOTYET",
          "KDC_ERR_NAME_EXP",
          "KDC_ERR_KEY_EXPIRED",
          "KDC_ERR_KEY_EXP",
          "KDC_ERR_NULL_KEY",
          "KDC_ERR_POLICY");

  // A session that finds its place taken takes it over.
  private static final int SESSIONS = 1 << 10;

  private final TimeParser times;
  private final TextCache names = new TextCache();
  private final TextCache sensors = new TextCache();
  private final AddressParser source = new AddressParser();
  private final AddressParser target = new AddressParser();
  private final long[] ftpSessions = new long[SESSIONS];

  LogonDecoder(ZoneId zone) {
    times = new TimeParser(zone);
  }

  /** Hands the event on, if there is one; returns null, or why there is none. */
  @Nullable String decode(LogonLog log, ZeekRecord record, boolean json, EventSink sink) {
    Boolean success =
        switch (log) {
          case SSH, RDP -> truth(record, ZeekField.AUTH_SUCCESS);
          case NTLM -> record.has(ZeekField.USERNAME) ? truth(record, ZeekField.SUCCESS) : null;
          case KERBEROS -> kerberosResult(record);
          case FTP -> ftpResult(record);
          case NOTICE -> null;
        };
    if (log == LogonLog.NOTICE) {
      notice(record, json, sink);
    }
    if (success == null) {
      return null;
    }
    byte[] bytes = record.bytes();
    long micros =
        record.has(ZeekField.TS)
            ? RecordTime.micros(
                times, bytes, record.from(ZeekField.TS), record.to(ZeekField.TS), json)
            : TimeParser.INVALID;
    if (micros < 0) {
      return reason(record, ZeekField.TS, "time from 1970 to 2199");
    }
    if (!isAddress(record, ZeekField.ORIG_H, source)) {
      return reason(record, ZeekField.ORIG_H, "IP address");
    }
    boolean targeted = record.has(ZeekField.RESP_H);
    if (targeted && !isAddress(record, ZeekField.RESP_H, target)) {
      return reason(record, ZeekField.RESP_H, "IP address");
    }
    sink.logon(
        new LogonEvent(
            micros,
            new IpAddress(source.high(), source.low()),
            targeted ? new IpAddress(target.high(), target.low()) : null,
            null,
            account(log, record),
            log.method(),
            success,
            record.has(ZeekField.SENSOR) ? text(sensors, record, ZeekField.SENSOR) : null));
    return null;
  }

  /* One that accuses no address, or says not when, is passed over. */
  private void notice(ZeekRecord record, boolean json, EventSink sink) {
    if (!record.has(ZeekField.TS)
        || !record.has(ZeekField.NOTE)
        || !isAddress(record, ZeekField.ORIG_H, source)) {
      return;
    }
    long micros =
        RecordTime.micros(
            times, record.bytes(), record.from(ZeekField.TS), record.to(ZeekField.TS), json);
    if (micros >= 0) {
      sink.notice(
          new NoticeEvent(
              micros,
              new IpAddress(source.high(), source.low()),
              isAddress(record, ZeekField.RESP_H, target)
                  ? new IpAddress(target.high(), target.low())
                  : null,
              text(names, record, ZeekField.NOTE),
              null,
              0,
              record.has(ZeekField.SENSOR) ? text(sensors, record, ZeekField.SENSOR) : null));
    }
  }

  private static @Nullable Boolean kerberosResult(ZeekRecord record) {
    if (packed(record, ZeekField.REQUEST_TYPE) != AS) {
      return null;
    }
    Boolean success = truth(record, ZeekField.SUCCESS);
    if (success == null || success) {
      return success;
    }
    boolean refused =
        record.has(ZeekField.ERROR_MSG)
            && KERBEROS_FAILURES.contains(plain(record, ZeekField.ERROR_MSG));
    return refused ? Boolean.FALSE : null;
  }

  private @Nullable Boolean ftpResult(ZeekRecord record) {
    if (!record.has(ZeekField.REPLY_CODE) || !record.has(ZeekField.USER)) {
      return null;
    }
    long reply =
        NumberParser.unsigned(
            record.bytes(), record.from(ZeekField.REPLY_CODE), record.to(ZeekField.REPLY_CODE));
    long command = packed(record, ZeekField.COMMAND);
    if (reply == NOT_LOGGED_IN || reply == BAD_ACCOUNT) {
      return Boolean.FALSE;
    }
    boolean loggingIn = command == PASS || command == USER || command == ACCT;
    boolean loggedIn =
        loggingIn
            ? (reply == LOGGED_IN || reply == LOGGED_IN_SECURELY)
            : (TRANSFERRING.contains((int) reply) && isNamed(record));
    return (loggedIn && isFirst(record)) ? Boolean.TRUE : null;
  }

  /* Zeek's word for a user it did not see is in angle brackets. */
  private static boolean isNamed(ZeekRecord record) {
    return record.bytes()[record.from(ZeekField.USER)] != '<';
  }

  private boolean isFirst(ZeekRecord record) {
    if (!record.has(ZeekField.UID)) {
      return true;
    }
    long session = 1;
    for (int i = record.from(ZeekField.UID); i < record.to(ZeekField.UID); i++) {
      session = session * 0x100_0000_01b3L + record.bytes()[i];
    }
    int place = (int) ((session ^ (session >>> 20)) & (SESSIONS - 1));
    boolean first = ftpSessions[place] != session;
    ftpSessions[place] = session;
    return first;
  }

  private @Nullable String account(LogonLog log, ZeekRecord record) {
    return switch (log) {
      case SSH, NOTICE -> null;
      case RDP -> name(record, ZeekField.COOKIE);
      case FTP -> name(record, ZeekField.USER);
      case NTLM -> {
        String user = name(record, ZeekField.USERNAME);
        String domain = name(record, ZeekField.DOMAINNAME);
        yield (user == null || domain == null) ? user : domain + '\\' + user;
      }
      case KERBEROS -> {
        String client = name(record, ZeekField.CLIENT);
        int realm = client == null ? -1 : client.lastIndexOf('/');
        yield (client == null || realm < 0)
            ? client
            : client.substring(0, realm) + '@' + client.substring(realm + 1);
      }
    };
  }

  private @Nullable String name(ZeekRecord record, ZeekField field) {
    return record.has(field) && record.to(field) > record.from(field)
        ? text(names, record, field)
        : null;
  }

  private static String text(TextCache cache, ZeekRecord record, ZeekField field) {
    return cache.of(record.bytes(), record.from(field), record.to(field));
  }

  private static String plain(ZeekRecord record, ZeekField field) {
    return new String(
        record.bytes(),
        record.from(field),
        record.to(field) - record.from(field),
        StandardCharsets.UTF_8);
  }

  private static long packed(ZeekRecord record, ZeekField field) {
    return record.has(field)
        ? PackedText.of(record.bytes(), record.from(field), record.to(field))
        : 0;
  }

  private static @Nullable Boolean truth(ZeekRecord record, ZeekField field) {
    long text = packed(record, field);
    if (text == 'T' || text == TRUE) {
      return Boolean.TRUE;
    }
    return (text == 'F' || text == FALSE) ? Boolean.FALSE : null;
  }

  private static boolean isAddress(ZeekRecord record, ZeekField field, AddressParser parser) {
    return record.has(field) && parser.parse(record.bytes(), record.from(field), record.to(field));
  }

  private static String reason(ZeekRecord record, ZeekField field, String expected) {
    return record.has(field)
        ? field
            + " is no "
            + expected
            + ": "
            + Excerpt.of(record.bytes(), record.from(field), record.to(field))
        : field + " is not set";
  }
}
