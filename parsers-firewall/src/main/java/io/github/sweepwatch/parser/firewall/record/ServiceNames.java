package io.github.sweepwatch.parser.firewall.record;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ports of services that some devices write by name. Thread-safe. */
public final class ServiceNames {
  private static final Map<String, String> PORTS =
      Map.ofEntries(
          Map.entry("http", "80"),
          Map.entry("https", "443"),
          Map.entry("ssh", "22"),
          Map.entry("ssh_version_2", "22"),
          Map.entry("telnet", "23"),
          Map.entry("smtp", "25"),
          Map.entry("domain", "53"),
          Map.entry("domain-udp", "53"),
          Map.entry("domain-tcp", "53"),
          Map.entry("dns", "53"),
          Map.entry("bootps", "67"),
          Map.entry("bootpc", "68"),
          Map.entry("ftp", "21"),
          Map.entry("tftp", "69"),
          Map.entry("pop3", "110"),
          Map.entry("ntp", "123"),
          Map.entry("ntp-udp", "123"),
          Map.entry("nbname", "137"),
          Map.entry("nbdatagram", "138"),
          Map.entry("nbsession", "139"),
          Map.entry("imap", "143"),
          Map.entry("snmp", "161"),
          Map.entry("snmp-read", "161"),
          Map.entry("snmp-trap", "162"),
          Map.entry("ldap", "389"),
          Map.entry("ldap-ssl", "636"),
          Map.entry("ldaps", "636"),
          Map.entry("www", "80"),
          Map.entry("netbios-ns", "137"),
          Map.entry("netbios-dgm", "138"),
          Map.entry("netbios-ssn", "139"),
          Map.entry("imap4", "143"),
          Map.entry("snmptrap", "162"),
          Map.entry("microsoft-ds", "445"),
          Map.entry("syslog", "514"),
          Map.entry("ms-sql-server", "1433"),
          Map.entry("remote_desktop_protocol", "3389"),
          Map.entry("rdp", "3389"));
  private static final int LONGEST = 32;

  private ServiceNames() {}

  /**
   * Replaces a service's name by its port, and takes away a name that is not known.
   *
   * @param fields a record's fields
   * @param field which of them
   */
  public static void resolve(Fields fields, Field field) {
    if (!fields.has(field)) {
      return;
    }
    byte[] bytes = fields.bytes();
    int from = fields.from(field);
    int to = fields.to(field);
    int first = bytes[from];
    if ((first | 0x20) < 'a' || (first | 0x20) > 'z') {
      return;
    }
    fields.remove(field);
    String port = port(bytes, from, to);
    if (port != null) {
      fields.putText(field, port);
    }
  }

  /**
   * The port of a service.
   *
   * @param bytes holds the service's name
   * @param from its first byte
   * @param to its end, exclusive
   * @return the port in digits, or null for a name that is not known
   */
  public static @Nullable String port(byte[] bytes, int from, int to) {
    return to - from > LONGEST
        ? null
        : PORTS.get(
            new String(bytes, from, to - from, StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT));
  }
}
