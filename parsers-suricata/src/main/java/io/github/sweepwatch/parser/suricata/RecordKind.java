package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.text.PackedText;

/** The values of {@code event_type} that tell of a connection or a logon. */
enum RecordKind {
  FLOW,
  NETFLOW,
  ALERT,
  DROP,
  SMB,
  KRB5,
  /** Any other. */
  OTHER;

  private static final long FLOW_NAME = PackedText.of("flow");
  private static final long NETFLOW_NAME = PackedText.of("netflow");
  private static final long ALERT_NAME = PackedText.of("alert");
  private static final long DROP_NAME = PackedText.of("drop");
  private static final long SMB_NAME = PackedText.of("smb");
  private static final long KRB5_NAME = PackedText.of("krb5");

  /** The kind that a record's event_type names. */
  static RecordKind of(EveRecord record) {
    long name = record.packed(EveField.EVENT_TYPE);
    if (name == FLOW_NAME) {
      return FLOW;
    }
    if (name == ALERT_NAME) {
      return ALERT;
    }
    if (name == NETFLOW_NAME) {
      return NETFLOW;
    }
    if (name == DROP_NAME) {
      return DROP;
    }
    if (name == SMB_NAME) {
      return SMB;
    }
    return name == KRB5_NAME ? KRB5 : OTHER;
  }

  boolean isLogon() {
    return this == SMB || this == KRB5;
  }
}
