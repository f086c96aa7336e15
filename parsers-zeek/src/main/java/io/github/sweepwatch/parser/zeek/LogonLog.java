package io.github.sweepwatch.parser.zeek;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The logs whose records may say who tried to log on, and whether it worked; and the notices. */
enum LogonLog {
  SSH,
  RDP,
  NTLM,
  KERBEROS,
  FTP,
  NOTICE;

  /** Without these there is no event. */
  static final List<ZeekField> NEEDED = List.of(ZeekField.TS, ZeekField.ORIG_H);

  private final String method = name().toLowerCase(Locale.ROOT);

  /** The log's own name, and what it calls the way to log on. */
  String method() {
    return method;
  }

  /** The log of a path, or null. */
  static @Nullable LogonLog named(String path) {
    for (LogonLog log : values()) {
      if (log.method.equals(path)) {
        return log;
      }
    }
    return null;
  }

  /** The log that has such fields, where it does not say its name; or null. */
  static @Nullable LogonLog of(Predicate<ZeekField> has) {
    if (!has.test(ZeekField.ORIG_H)) {
      return null;
    }
    if (has.test(ZeekField.NOTE)) {
      return NOTICE;
    }
    if (has.test(ZeekField.AUTH_ATTEMPTS)) {
      return SSH;
    }
    if (has.test(ZeekField.COOKIE)) {
      return RDP;
    }
    if (has.test(ZeekField.AUTH_SUCCESS)) {
      return SSH;
    }
    if (has.test(ZeekField.REQUEST_TYPE)) {
      return has.test(ZeekField.SUCCESS) || has.test(ZeekField.CLIENT) ? KERBEROS : null;
    }
    if (has.test(ZeekField.USERNAME) && has.test(ZeekField.SUCCESS)) {
      return NTLM;
    }
    return has.test(ZeekField.COMMAND) && has.test(ZeekField.REPLY_CODE) ? FTP : null;
  }
}
