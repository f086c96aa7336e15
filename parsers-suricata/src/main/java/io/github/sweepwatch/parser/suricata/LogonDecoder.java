package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.AddressParser;
import io.github.sweepwatch.text.TextCache;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a logon of an SMB session setup or a Kerberos answer that says whether the account was let
 * in; passes over those that do not. Not thread-safe.
 */
final class LogonDecoder {
  private static final String SUCCESS = "STATUS_SUCCESS";
  private static final Set<String> SMB_FAILURES =
      Set.of(
          "STATUS_LOGON_FAILURE",
          "STATUS_WRONG_PASSWORD",
          "STATUS_NO_SUCH_USER",
          "STATUS_ACCESS_DENIED",
          "STATUS_ACCOUNT_RESTRICTION",
          "STATUS_ACCOUNT_DISABLED",
          "STATUS_ACCOUNT_EXPIRED",
          "STATUS_ACCOUNT_LOCKED_OUT",
          "STATUS_PASSWORD_EXPIRED",
          "STATUS_PASSWORD_MUST_CHANGE",
          "STATUS_INVALID_LOGON_HOURS",
          "STATUS_INVALID_WORKSTATION",
          "STATUS_LOGON_TYPE_NOT_GRANTED",
          "STATUS_NOLOGON_WORKSTATION_TRUST_ACCOUNT",
          "STATUS_NOLOGON_INTERDOMAIN_TRUST_ACCOUNT",
          "STATUS_NOLOGON_SERVER_TRUST_ACCOUNT");
  // Not among them: a call for pre-authentication, which is how a logon begins.
  private static final Set<String> KRB5_FAILURES =
      Set.of(
          "KDC_ERR_PREAUTH_FAILED",
          "KDC_ERR_C_PRINCIPAL_UNKNOWN",
          "KDC_ERR_CLIENT_REVOKED",
          "KDC_ERR_CLIENT_NOTYET",
          "KDC_ERR_NAME_EXP",
          "KDC_ERR_KEY_EXPIRED",
          "KDC_ERR_NULL_KEY",
          "KDC_ERR_POLICY");
  private static final String NO_NAME = "<empty>";
  private static final int SMB_PORT = 445;
  private static final int NETBIOS_PORT = 139;
  private static final int KERBEROS_PORT = 88;

  private final RecordTime times;
  private final FieldReader read = new FieldReader();
  private final TextCache names = new TextCache();
  private final TextCache sensors = new TextCache();
  private final AddressParser source = new AddressParser();
  private final AddressParser target = new AddressParser();

  LogonDecoder(RecordTime times) {
    this.times = times;
  }

  /** Hands the event on, if there is one; returns null, or why there is none. */
  @Nullable String decode(EveRecord record, RecordKind kind, EventSink sink) {
    boolean smb = kind == RecordKind.SMB;
    Boolean success = smb ? smbResult(record) : krb5Result(record);
    if (success == null) {
      return null;
    }
    read.start();
    read.address(record, EveField.SRC_IP, source);
    read.address(record, EveField.DEST_IP, target);
    long from = read.number(record, EveField.SRC_PORT, 0xffff);
    long to = read.number(record, EveField.DEST_PORT, 0xffff);
    long micros = times.micros(record, EveField.TIMESTAMP);
    if (micros < 0) {
      read.bad(EveField.TIMESTAMP, "time from 1970 to 2199");
    }
    String reason = read.reason(record);
    if (reason == null) {
      // The record of an answer may stand the server's way round.
      boolean swapped = isServer(from) && !isServer(to);
      AddressParser client = swapped ? target : source;
      AddressParser server = swapped ? source : target;
      sink.logon(
          new LogonEvent(
              micros,
              new IpAddress(client.high(), client.low()),
              new IpAddress(server.high(), server.low()),
              null,
              smb ? smbAccount(record) : krb5Account(record),
              smb ? "smb" : "kerberos",
              success,
              record.has(EveField.SENSOR) ? text(sensors, record, EveField.SENSOR) : null));
    }
    return reason;
  }

  private static boolean isServer(long port) {
    return port == SMB_PORT || port == NETBIOS_PORT || port == KERBEROS_PORT;
  }

  /* Null where the record is no attempt that names an account and has a result. */
  private static @Nullable Boolean smbResult(EveRecord record) {
    if (!record.has(EveField.SMB_COMMAND)
        || !record.text(EveField.SMB_COMMAND).contains("_SESSION_SETUP")
        || !isNamed(record, EveField.NTLM_USER)
        || !record.has(EveField.SMB_STATUS)) {
      return null;
    }
    String status = record.text(EveField.SMB_STATUS);
    return status.equals(SUCCESS) ? Boolean.TRUE : failure(SMB_FAILURES, status);
  }

  /* A ticket for a ticket is what a logon ends with; one for a service comes after it. */
  private static @Nullable Boolean krb5Result(EveRecord record) {
    if (record.is(EveField.KRB5_TYPE, "KRB_AS_REP")) {
      return isNamed(record, EveField.KRB5_NAME) ? Boolean.TRUE : null;
    }
    if (!record.is(EveField.KRB5_TYPE, "KRB_ERROR")
        || !record.is(EveField.KRB5_FAILED, "KRB_AS_REQ")
        || !record.has(EveField.KRB5_ERROR)) {
      return null;
    }
    return failure(KRB5_FAILURES, record.text(EveField.KRB5_ERROR));
  }

  private static @Nullable Boolean failure(Set<String> failures, String status) {
    return failures.contains(status) ? Boolean.FALSE : null;
  }

  private static boolean isNamed(EveRecord record, EveField name) {
    return record.has(name) && record.to(name) > record.from(name) && !record.is(name, NO_NAME);
  }

  private String smbAccount(EveRecord record) {
    String user = text(names, record, EveField.NTLM_USER);
    return isNamed(record, EveField.NTLM_DOMAIN)
        ? text(names, record, EveField.NTLM_DOMAIN) + '\\' + user
        : user;
  }

  private @Nullable String krb5Account(EveRecord record) {
    if (!isNamed(record, EveField.KRB5_NAME)) {
      return null;
    }
    String name = text(names, record, EveField.KRB5_NAME);
    return isNamed(record, EveField.KRB5_REALM)
        ? name + '@' + text(names, record, EveField.KRB5_REALM)
        : name;
  }

  private static String text(TextCache cache, EveRecord record, EveField field) {
    return cache.of(record.bytes(field), record.from(field), record.to(field));
  }
}
