package io.github.sweepwatch.benchmarks;

import java.nio.charset.StandardCharsets;

/** Sysmon's connection events in memory, one a line, as collectors send them: about 20 MB. */
final class WindowsLog {
  private static final int WANTED_BYTES = 20_000_000;

  private static final String XML =
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider"
          + " Name='Microsoft-Windows-Sysmon' Guid='{5770385f-c22a-43e0-bf4c-06f5698ffbd9}'/>"
          + "<EventID>3</EventID><Version>5</Version><Level>4</Level><Task>3</Task><Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords><TimeCreated"
          + " SystemTime='2026-11-24T02:05:%02d.%06d00Z'/><EventRecordID>%d</EventRecordID><Correlation/><Execution"
          + " ProcessID='2828'"
          + " ThreadID='1684'/><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>ws%d.corp.example</Computer><Security"
          + " UserID='S-1-5-18'/></System><EventData><Data Name='RuleName'>-</Data><Data"
          + " Name='UtcTime'>2026-11-24 02:05:%02d.%03d</Data><Data"
          + " Name='ProcessGuid'>{42f11c3b-c36f-5eb3-2c07-290000000000}</Data><Data"
          + " Name='ProcessId'>2184</Data><Data"
          + " Name='Image'>C:\\Windows\\System32\\svchost.exe</Data><Data Name='User'>NT"
          + " AUTHORITY\\NETWORK SERVICE</Data><Data Name='Protocol'>tcp</Data><Data"
          + " Name='Initiated'>true</Data><Data Name='SourceIsIpv6'>false</Data><Data"
          + " Name='SourceIp'>10.0.%d.%d</Data><Data Name='SourceHostname'>-</Data><Data"
          + " Name='SourcePort'>%d</Data><Data Name='SourcePortName'>-</Data><Data"
          + " Name='DestinationIsIpv6'>false</Data><Data"
          + " Name='DestinationIp'>198.51.100.%d</Data><Data"
          + " Name='DestinationHostname'>-</Data><Data Name='DestinationPort'>%d</Data><Data"
          + " Name='DestinationPortName'>-</Data></EventData></Event>%n";

  private static final String JSON =
      "{\"EventTime\":\"2026-11-24 02:05:%02d.%06d\",\"RecordNumber\":%d,\"Hostname\":"
          + "\"ws%d.corp.example\",\"Keywords\":-9223372036854775808,\"EventType\":\"INFO\","
          + "\"SeverityValue\":2,\"Severity\":\"INFO\",\"EventID\":3,\"SourceName\":"
          + "\"Microsoft-Windows-Sysmon\",\"ProviderGuid\":"
          + "\"{5770385F-C22A-43E0-BF4C-06F5698FFBD9}\",\"Version\":5,\"Task\":3,\"OpcodeValue\":0,"
          + "\"Channel\":\"Microsoft-Windows-Sysmon/Operational\",\"UtcTime\":"
          + "\"2026-11-24 02:05:%02d.%03d\",\"ProcessId\":\"2184\",\"Image\":"
          + "\"C:\\\\Windows\\\\System32\\\\svchost.exe\",\"User\":\"NT AUTHORITY\\\\NETWORK"
          + " SERVICE\",\"Protocol\":\"tcp\",\"Initiated\":\"true\",\"SourceIsIpv6\":\"false\","
          + "\"SourceIp\":\"10.0.%d.%d\",\"SourceHostname\":\"-\",\"SourcePort\":\"%d\","
          + "\"SourcePortName\":\"-\",\"DestinationIsIpv6\":\"false\",\"DestinationIp\":"
          + "\"198.51.100.%d\",\"DestinationHostname\":\"-\",\"DestinationPort\":\"%d\","
          + "\"DestinationPortName\":\"-\",\"SourceModuleName\":\"eventlog\",\"SourceModuleType\":"
          + "\"im_msvistalog\"}%n";

  private WindowsLog() {}

  static byte[] xml() {
    return log(XML);
  }

  static byte[] json() {
    return log(JSON);
  }

  private static byte[] log(String event) {
    StringBuilder log = new StringBuilder(WANTED_BYTES + 4096);
    for (int i = 0; log.length() < WANTED_BYTES; i++) {
      int second = i % 60;
      int host = i * 31 % 500;
      log.append(
          String.format(
              event,
              second,
              i % 1_000_000,
              i,
              host,
              second,
              i % 1000,
              host / 250,
              host % 250,
              49_152 + i % 16_384,
              i * 7 % 250,
              1 + i * 13 % 65_000));
    }
    return log.toString().replace("\r\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
