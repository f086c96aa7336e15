package io.github.sweepwatch.parser.sysmon;

/** The events that are read, by their numbers. Each belongs to one kind of source. */
final class WindowsEvents {
  /** Sysmon: network connection detected. */
  static final int SYSMON_CONNECTION = 3;

  /** Filtering platform: a packet was blocked. */
  static final int PACKET_BLOCKED = 5152;

  /** Filtering platform: a connection was permitted. */
  static final int CONNECTION_PERMITTED = 5156;

  /** Filtering platform: a connection was blocked. */
  static final int CONNECTION_BLOCKED = 5157;

  static final int LOGGED_ON = 4624;
  static final int LOGON_FAILED = 4625;
  static final int EXPLICIT_CREDENTIALS = 4648;
  static final int TICKET_REQUESTED = 4768;
  static final int PREAUTHENTICATION_FAILED = 4771;
  static final int CREDENTIALS_VALIDATED = 4776;

  /** Remote Desktop: a user was authenticated. */
  static final int RDP_AUTHENTICATED = 1149;

  /** Remote Desktop: a client connected; whether it logged on is not said. */
  static final int RDP_CONNECTED = 131;

  /** Remote Desktop: a logon failed for a wrong user name or password. */
  static final int RDP_REFUSED = 140;

  /** What writes an event. */
  enum Source {
    SYSMON,
    SECURITY,
    REMOTE_DESKTOP,
    OTHER
  }

  private WindowsEvents() {}

  /** What writes events of this number that are read; {@link Source#OTHER} for other numbers. */
  static Source sourceOf(int eventId) {
    return switch (eventId) {
      case SYSMON_CONNECTION -> Source.SYSMON;
      case PACKET_BLOCKED,
          CONNECTION_PERMITTED,
          CONNECTION_BLOCKED,
          LOGGED_ON,
          LOGON_FAILED,
          EXPLICIT_CREDENTIALS,
          TICKET_REQUESTED,
          PREAUTHENTICATION_FAILED,
          CREDENTIALS_VALIDATED ->
          Source.SECURITY;
      case RDP_AUTHENTICATED, RDP_CONNECTED, RDP_REFUSED -> Source.REMOTE_DESKTOP;
      default -> Source.OTHER;
    };
  }

  static boolean isConnection(int eventId) {
    return eventId == SYSMON_CONNECTION
        || eventId == PACKET_BLOCKED
        || eventId == CONNECTION_PERMITTED
        || eventId == CONNECTION_BLOCKED;
  }
}
