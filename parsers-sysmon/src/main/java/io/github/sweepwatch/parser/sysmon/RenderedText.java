package io.github.sweepwatch.parser.sysmon;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds an event's fields in the text that Windows renders of it in English: labels with a colon,
 * then blanks, then the value, on lines of their own or all on one; before them what Splunk ({@code
 * EventCode=5156}), {@code wevtutil} or {@code Get-WinEvent} put there. Not thread-safe.
 */
final class RenderedText {
  /** What a label, whose text is in lower case, is for. */
  private static final class Label {
    final byte[] text;
    final @Nullable EventField field;
    final boolean section;

    Label(byte[] text, @Nullable EventField field, boolean section) {
      this.text = text;
      this.field = field;
      this.section = section;
    }
  }

  private static final byte[] NOT_GIVEN = ascii("N/A");
  private static final byte[] SYSMON = ascii("Microsoft-Windows-Sysmon");

  // The first sentence says which event it is, whose number comes next.
  private static final byte[][] HEADINGS = {
    ascii("Network connection detected"), ascii("3"),
    ascii("Filtering Platform has permitted a connection"), ascii("5156"),
    ascii("Filtering Platform has allowed a connection"), ascii("5156"),
    ascii("Filtering Platform has blocked a connection"), ascii("5157"),
    ascii("Filtering Platform has blocked a packet"), ascii("5152"),
    ascii("Filtering Platform blocked a packet"), ascii("5152"),
    ascii("An account was successfully logged on"), ascii("4624"),
    ascii("An account failed to log on"), ascii("4625"),
    ascii("A logon was attempted using explicit credentials"), ascii("4648"),
    ascii("A Kerberos authentication ticket (TGT) was requested"), ascii("4768"),
    ascii("Kerberos pre-authentication failed"), ascii("4771"),
    ascii("attempted to validate the credentials for an account"), ascii("4776"),
  };

  private static final byte[] SUBJECT = ascii("subject");

  // Open addressing, by the text.
  private static final @Nullable Label[] LABELS = new @Nullable Label[1 << 9];
  private static final int MAX_WORDS = 5;
  private static final int MAX_LABEL = 48;

  static {
    Map<EventField, String> fields =
        Map.ofEntries(
            Map.entry(EventField.EVENT_ID, "event id,eventcode,eventid,id"),
            Map.entry(EventField.PROVIDER, "source,sourcename,providername"),
            Map.entry(EventField.CHANNEL, "log name,logname"),
            Map.entry(EventField.COMPUTER, "computer,computername,machinename"),
            Map.entry(EventField.TIME, "date,timecreated"),
            Map.entry(EventField.UTC_TIME, "utctime"),
            Map.entry(EventField.INITIATED, "initiated"),
            Map.entry(EventField.DIRECTION, "direction"),
            Map.entry(EventField.LAYER, "layer name"),
            Map.entry(EventField.PROTOCOL, "protocol"),
            Map.entry(EventField.SOURCE, "source address,sourceip"),
            Map.entry(EventField.SOURCE_PORT, "source port,sourceport"),
            Map.entry(EventField.SOURCE_NAME, "sourcehostname"),
            Map.entry(EventField.DESTINATION, "destination address,destinationip"),
            Map.entry(EventField.DESTINATION_PORT, "destination port,destinationport"),
            Map.entry(EventField.DESTINATION_NAME, "destinationhostname"),
            Map.entry(EventField.IMAGE, "application name,image"),
            Map.entry(EventField.USER, "user"),
            Map.entry(EventField.ADDRESS, "source network address,client address,network address"),
            Map.entry(EventField.ACCOUNT, "account name,logon account"),
            Map.entry(EventField.ACCOUNT_DOMAIN, "account domain,supplied realm name"),
            Map.entry(EventField.LOGON_TYPE, "logon type"),
            Map.entry(EventField.PACKAGE, "authentication package"),
            Map.entry(EventField.STATUS, "result code,error code,failure code,status"),
            Map.entry(EventField.WORKSTATION, "source workstation"),
            Map.entry(EventField.TARGET_SERVER, "target server name"));
    fields.forEach((field, labels) -> labels(labels, field, false));
    labels(
        "subject,application information,network information,filter information,new logon,account"
            + " for which logon failed,account whose credentials were used,target server,process"
            + " information,detailed authentication information,account information,service"
            + " information,additional information,failure information,logon"
            + " information,certificate information",
        null,
        true);
    // Where one label ends the value of another.
    labels(
        "rulename,processguid,processid,process id,sourceisipv6,sourceportname,destinationisipv6,"
            + "destinationportname,filter run-time id,filter origin,interface index,layer run-time"
            + " id,remote user id,remote machine id,security id,logon id,logon guid,user id,"
            + "workstation name,client port,service name,sub status,failure reason,task,task"
            + " category,level,opcode,keyword,keywords,description,message,process name,caller"
            + " process id,caller process name,logon process,transited services,key length,port",
        null,
        false);
  }

  private final EventRecord fields;

  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private @Nullable EventField open;
  private int openFrom;
  private boolean inSubject;

  RenderedText(EventRecord fields) {
    this.fields = fields;
  }

  private static void labels(String labels, @Nullable EventField field, boolean section) {
    for (String label : labels.split(",", -1)) {
      byte[] text = ascii(label);
      int slot = slot(text, 0, text.length);
      while (LABELS[slot] != null) {
        slot = (slot + 1) & (LABELS.length - 1);
      }
      LABELS[slot] = new Label(text, field, section);
    }
  }

  private static @Nullable Label label(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    Label known;
    while ((known = LABELS[slot]) != null) {
      if (Bytes.equalsIgnoreCase(bytes, from, to, known.text)) {
        return known;
      }
      slot = (slot + 1) & (LABELS.length - 1);
    }
    return null;
  }

  private static int slot(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + Bytes.lower(bytes[i]);
    }
    return (hash ^ hash >>> 9 ^ hash >>> 18) & (LABELS.length - 1);
  }

  /** Whether a text says in its first sentence, or anywhere else, that it is an event we read. */
  static boolean isHeaded(byte[] bytes, int from, int to) {
    return headingOf(bytes, from, to) >= 0;
  }

  /* Which heading a text has, or -1. */
  private static int headingOf(byte[] bytes, int from, int to) {
    for (int i = 0; i < HEADINGS.length; i += 2) {
      int at = Bytes.indexOf(bytes, from, to, HEADINGS[i]);
      if (at >= 0 && (i > 0 || !isTask(bytes, at + HEADINGS[0].length, to))) {
        return i;
      }
    }
    return -1;
  }

  /* Sysmon's task goes by the words of the first sentence, with the rule in parentheses behind. */
  private static boolean isTask(byte[] bytes, int from, int to) {
    return from + 1 < to
        && bytes[from] == ' '
        && bytes[from + 1] == '('
        && Bytes.indexOf(bytes, from, to, HEADINGS[0]) < 0;
  }

  /** Adds the fields of one event to those that are known. */
  void read(byte[] buffer, int from, int to) {
    bytes = buffer;
    start = from;
    end = to;
    open = null;
    inSubject = false;
    firstLine();
    for (int i = from; i < to; i++) {
      int c = bytes[i];
      if (c == ':' && (i + 1 == to || isBlank(bytes[i + 1]))) {
        label(i);
      } else if (c == '=') {
        assignment(i);
      } else if (c == '\n') {
        close(i);
      }
    }
    close(to);
    if (!fields.has(EventField.EVENT_ID)) {
      int heading = headingOf(buffer, from, to);
      if (heading >= 0) {
        byte[] eventId = HEADINGS[heading + 1];
        fields.put(EventField.EVENT_ID, 0, eventId, 0, eventId.length);
        if (heading == 0 && !fields.has(EventField.PROVIDER)) {
          fields.put(EventField.PROVIDER, 0, SYSMON, 0, SYSMON.length);
        }
      }
    }
  }

  /* Splunk's records begin with the date alone. */
  private void firstLine() {
    int lineEnd = start;
    while (lineEnd < end && bytes[lineEnd] != '\n') {
      lineEnd++;
    }
    if (MonthFirstTime.isAt(bytes, start, lineEnd)) {
      int textEnd = lineEnd > start && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
      fields.put(EventField.TIME, 1, bytes, start, textEnd);
    }
  }

  private void label(int colon) {
    // Get-WinEvent pads its labels.
    int labelEnd = colon;
    while (labelEnd > start && bytes[labelEnd - 1] == ' ') {
      labelEnd--;
    }
    int word = labelEnd;
    Label found = null;
    int foundFrom = 0;
    for (int words = 0; words < MAX_WORDS && word > start; words++) {
      int from = word;
      while (from > start && isLabel(bytes[from - 1])) {
        from--;
      }
      if (from == word || labelEnd - from > MAX_LABEL) {
        break;
      }
      Label known = label(bytes, from, labelEnd);
      if (known != null) {
        found = known;
        foundFrom = from;
      }
      if (from - 1 <= start || bytes[from - 1] != ' ' || !isLabel(bytes[from - 2])) {
        break;
      }
      word = from - 1;
    }
    if (found == null) {
      return;
    }
    close(foundFrom);
    if (found.section) {
      inSubject = Arrays.equals(found.text, SUBJECT);
    } else if (found.field != null && !(inSubject && isAccount(found.field))) {
      open = found.field;
      openFrom = colon + 1;
    }
  }

  private static boolean isAccount(EventField field) {
    return field == EventField.ACCOUNT || field == EventField.ACCOUNT_DOMAIN;
  }

  /* Splunk's head: a name at the start of a line. */
  private void assignment(int equals) {
    int from = equals;
    while (from > start && isLabel(bytes[from - 1])) {
      from--;
    }
    if (from == equals || (from > start && bytes[from - 1] != '\n')) {
      return;
    }
    Label known = label(bytes, from, equals);
    close(from);
    // The user of the head is the one who wrote the log.
    if (known != null && known.field != null && known.field != EventField.USER) {
      open = known.field;
      openFrom = equals + 1;
    }
  }

  /* Ends the value at hand. */
  private void close(int limit) {
    EventField field = open;
    open = null;
    if (field == null) {
      return;
    }
    int from = openFrom;
    while (from < limit && isBlank(bytes[from])) {
      from++;
    }
    int to = from;
    while (to < limit
        && bytes[to] != '\t'
        && bytes[to] != '\r'
        && !(bytes[to] == ' ' && to + 1 < limit && bytes[to + 1] == ' ')) {
      to++;
    }
    while (to > from && bytes[to - 1] == ' ') {
      to--;
    }
    boolean given =
        to > from && !(to - from == NOT_GIVEN.length && Bytes.isAt(bytes, from, to, NOT_GIVEN));
    if (given) {
      fields.put(field, 2, bytes, from, to);
    }
  }

  private static boolean isBlank(byte character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
  }

  private static boolean isLabel(byte character) {
    int lower = character | 0x20;
    return (lower >= 'a' && lower <= 'z')
        || character == '-'
        || (character >= '0' && character <= '9');
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
