package io.github.sweepwatch.parser.sysmon;

import java.util.List;

/**
 * What is read of an event, and the names it goes by: in the event itself, in the wrappers' own
 * envelopes, and as the labels of rendered text. Names are compared in lower case and without
 * blanks, hyphens and inner underscores; what stands before a dot is the object it is found in. The
 * first of a field's names that a record has counts.
 */
enum EventField {
  EVENT_ID("eventid", "eventcode", "event.code", "eventid.text", "id"),
  PROVIDER("provider.name", "providername", "sourcename", "event.provider"),
  CHANNEL("channel", "logname", "eventlog"),
  COMPUTER("computer", "computername", "hostname", "machinename", "host.name", "host.hostname"),

  /** When Windows logged it, in UTC. */
  SYSTEM_TIME("systemtime"),
  /** The same as a collector or viewer writes it. */
  TIME("timecreated", "eventtime", "timegenerated", "date"),
  /** When a collector took it, by the clock that also wrote {@link #TIME}. */
  RECEIVED("eventreceivedtime"),
  /** When the pipeline after the collector took it; of some collectors, when Windows logged it. */
  STAMPED("timestamp", "time", "_time"),
  /** When Sysmon saw it. */
  UTC_TIME("utctime"),

  INITIATED("initiated"),
  DIRECTION("direction", "network.direction"),
  LAYER("layername"),
  PROTOCOL("protocol", "network.transport", "network.iananumber"),
  SOURCE("sourceaddress", "sourceip", "source.ip"),
  SOURCE_PORT("sourceport", "source.port"),
  SOURCE_NAME("sourcehostname", "source.domain"),
  DESTINATION("destaddress", "destinationip", "destinationaddress", "destination.ip"),
  DESTINATION_PORT("destport", "destinationport", "destination.port"),
  DESTINATION_NAME("destinationhostname", "destination.domain"),
  IMAGE("image", "application", "applicationname", "process.executable"),
  USER("user", "user.name"),
  USER_DOMAIN("user.domain"),

  /** Where a logon came from. */
  ADDRESS(
      "ipaddress",
      "sourcenetworkaddress",
      "clientaddress",
      "networkaddress",
      "clientip",
      "ipstring",
      "param3"),
  ACCOUNT("targetusername", "accountname", "logonaccount", "param1"),
  ACCOUNT_DOMAIN("targetdomainname", "accountdomain", "param2"),
  LOGON_TYPE("logontype"),
  PACKAGE("authenticationpackagename", "authenticationpackage"),
  STATUS("status", "resultcode", "errorcode", "failurecode"),
  WORKSTATION("workstation", "sourceworkstation"),
  TARGET_SERVER("targetservername"),

  /** The event once more, as it was before a collector took it apart. */
  ORIGINAL("rawxml", "event.original", "_raw", "eventdata", "xml"),
  /** The event rendered for people. */
  MESSAGE("message", "fullmessage", "msg", "description", "renderedmessage");

  static final int COUNT = values().length;

  private final String names;

  EventField(String... names) {
    this.names = String.join(" ", names);
  }

  /** A number of its own, from 0. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  List<String> names() {
    return List.of(names.split(" ", -1));
  }
}
