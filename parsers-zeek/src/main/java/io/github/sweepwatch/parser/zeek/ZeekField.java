package io.github.sweepwatch.parser.zeek;

import java.util.EnumSet;
import java.util.List;

/**
 * The fields of a connection or logon log that make an event, with the names they go by, the
 * preferred first: Zeek's own, with another scope separator, and as renamed by its documentation's
 * examples.
 */
enum ZeekField {
  TS("ts"),
  ORIG_H("id.orig_h id_orig_h src src_ip"),
  ORIG_P("id.orig_p id_orig_p src_port"),
  RESP_H("id.resp_h id_resp_h dst dst_ip"),
  RESP_P("id.resp_p id_resp_p dst_port"),
  PROTO("proto"),
  DURATION("duration"),
  ORIG_BYTES("orig_bytes"),
  RESP_BYTES("resp_bytes"),
  CONN_STATE("conn_state"),
  LOCAL_ORIG("local_orig"),
  LOCAL_RESP("local_resp"),
  HISTORY("history"),
  ORIG_PKTS("orig_pkts"),
  RESP_PKTS("resp_pkts"),
  IP_PROTO("ip_proto"),
  SENSOR("_system_name _node_name peer"),
  PATH("_path"),
  UID("uid"),
  AUTH_SUCCESS("auth_success"),
  SUCCESS("success"),
  USER("user"),
  USERNAME("username"),
  DOMAINNAME("domainname"),
  CLIENT("client"),
  COOKIE("cookie"),
  REQUEST_TYPE("request_type"),
  ERROR_MSG("error_msg"),
  COMMAND("command"),
  REPLY_CODE("reply_code"),
  NOTE("note"),
  AUTH_ATTEMPTS("auth_attempts");

  static final int COUNT = values().length;

  /** Without these there is no event. */
  static final List<ZeekField> NEEDED = List.of(TS, ORIG_H, ORIG_P, RESP_H, RESP_P, PROTO);

  /** Only a connection log has one of these. */
  static final List<ZeekField> MARKS =
      List.of(CONN_STATE, HISTORY, ORIG_PKTS, RESP_PKTS, ORIG_BYTES, RESP_BYTES);

  // What of them only logon logs have. The identifier is in nearly every log.
  private static final EnumSet<ZeekField> OF_LOGONS = EnumSet.range(AUTH_SUCCESS, AUTH_ATTEMPTS);

  private final String names;
  private final String name;

  ZeekField(String names) {
    this.names = names;
    name = names.split(" ", 2)[0];
  }

  /** Its place in arrays with one element a field. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  /** Whether a connection log does not have it. */
  boolean isOfLogons() {
    return OF_LOGONS.contains(this);
  }

  List<String> names() {
    return List.of(names.split(" ", -1));
  }

  /** The name for messages. */
  @Override
  public String toString() {
    return name;
  }
}
