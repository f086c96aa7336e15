package io.github.sweepwatch.parser.suricata;

import java.util.List;

/**
 * The members of a record that make an event: where they stand in a record of Suricata's own, and
 * by what other names shippers have them beside or instead.
 */
enum EveField {
  EVENT_TYPE("event_type"),
  FLOW_ID("flow_id"),
  TIMESTAMP("timestamp", "@timestamp event_timestamp"),
  SRC_IP("src_ip", "source.ip source.address"),
  SRC_PORT("src_port", "source.port"),
  DEST_IP("dest_ip", "destination.ip destination.address"),
  DEST_PORT("dest_port", "destination.port"),
  PROTO("proto", "network.transport"),
  ICMP_TYPE("icmp_type"),
  ICMP_CODE("icmp_code"),
  DIRECTION("direction"),
  APP_PROTO("app_proto"),
  SENSOR("host", "firewall_name host.name"),
  FLOW_SRC_IP("flow.src_ip"),
  FLOW_SRC_PORT("flow.src_port"),
  FLOW_DEST_IP("flow.dest_ip"),
  FLOW_DEST_PORT("flow.dest_port"),
  START("flow.start netflow.start", "event.start"),
  END("flow.end netflow.end", "event.end"),
  AGE("flow.age netflow.age"),
  PKTS_TOSERVER("flow.pkts_toserver netflow.pkts", "source.packets"),
  PKTS_TOCLIENT("flow.pkts_toclient", "destination.packets"),
  BYTES_TOSERVER("flow.bytes_toserver netflow.bytes", "source.bytes"),
  BYTES_TOCLIENT("flow.bytes_toclient", "destination.bytes"),
  FLOW_STATE("flow.state"),
  FLOW_ACTION("flow.action"),
  TCP_FLAGS("tcp.tcp_flags"),
  TCP_FLAGS_TS("tcp.tcp_flags_ts"),
  TCP_FLAGS_TC("tcp.tcp_flags_tc"),
  TCP_STATE("tcp.state"),
  ALERT_ACTION("alert.action"),
  ALERT_SIGNATURE("alert.signature", "rule.name"),
  ALERT_CATEGORY("alert.category", "rule.category"),
  ALERT_SEVERITY("alert.severity"),
  VERDICT_ACTION("verdict.action"),
  DROP_SYN("drop.syn"),
  DROP_ACK("drop.ack"),
  SMB_COMMAND("smb.command"),
  SMB_STATUS("smb.status"),
  NTLM_USER("smb.ntlmssp.user"),
  NTLM_DOMAIN("smb.ntlmssp.domain"),
  KRB5_TYPE("krb5.msg_type"),
  KRB5_FAILED("krb5.failed_request"),
  KRB5_ERROR("krb5.error_code"),
  KRB5_NAME("krb5.cname"),
  KRB5_REALM("krb5.realm"),
  /** A whole record as text. */
  TEXT("", "event.original message _raw full_log log _source.event.original _source.message");

  static final int COUNT = values().length;

  private final String own;
  private final String shipped;

  EveField(String own) {
    this(own, "");
  }

  EveField(String own, String shipped) {
    this.own = own;
    this.shipped = shipped;
  }

  private static List<String> split(String paths) {
    return paths.isEmpty() ? List.of() : List.of(paths.split(" ", -1));
  }

  /** Its place in arrays with one element a field. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  /** Its paths within a record of Suricata's, with dots between the names. */
  List<String> own() {
    return split(own);
  }

  /** Its paths in what shippers make of a record, the preferred first. */
  List<String> shipped() {
    return split(shipped);
  }

  /** Whether other things bear its name, too, so that a wrong type is no fault. */
  boolean isShared() {
    return switch (this) {
      case SENSOR, TEXT, ALERT_SIGNATURE, ALERT_CATEGORY, ALERT_SEVERITY -> true;
      default -> false;
    };
  }

  /** The name for messages. */
  @Override
  public String toString() {
    return own.isEmpty() ? "text" : split(own).get(0);
  }
}
