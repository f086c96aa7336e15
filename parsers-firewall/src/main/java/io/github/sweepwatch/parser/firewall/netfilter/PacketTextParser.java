package io.github.sweepwatch.parser.firewall.netfilter;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.parser.firewall.record.Names;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.SyslogHeader;
import io.github.sweepwatch.text.TimeParser;
import org.jspecify.annotations.Nullable;

/**
 * Parses the kernel's and ulogd's text form, behind a syslog header, behind the kernel's uptime, or
 * behind Proxmox's own header. Not thread-safe.
 */
final class PacketTextParser {
  private static final int MICRO = 6;
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String PROXMOX_STAMP = "20/Jun/2022:13:09:14 +0200";

  private final SyslogHeader header;
  private final TimeParser times;
  private final long bootMicros;
  private final PrefixVerdicts verdicts;
  private final PacketDecoder decoder = new PacketDecoder();
  private final Names names = new Names();

  PacketTextParser(ParserContext context, PrefixVerdicts verdicts) {
    header = new SyslogHeader(context.zone(), context.referenceDate());
    times = new TimeParser(context.zone());
    bootMicros = context.referenceDate().atStartOfDay(context.zone()).toEpochSecond() * 1_000_000;
    this.verdicts = verdicts;
  }

  /** Whether a text has the fields of a packet. */
  static boolean isPacket(byte[] bytes, int from, int to) {
    int fields = PacketLine.find(bytes, from, to);
    return fields >= 0
        && Text.find(bytes, fields, to, " SRC=") >= 0
        && Text.find(bytes, fields, to, " DST=") >= 0;
  }

  void parse(byte[] bytes, int from, int to, EventSink sink) {
    int payload = header.parse(bytes, from, to);
    if (!decoder.read(bytes, payload, to)) {
      return;
    }
    int prefix = header.tagTo() > header.tagFrom() ? header.tagFrom() : payload;
    int fields = decoder.fieldsFrom();
    long micros = header.timeMicros();
    if (micros < 0) {
      micros = ownTime(bytes, prefix, fields);
    }
    decode(bytes, prefix, fields, micros, sensor(bytes), sink);
  }

  /** A message without any header, of a time and host that are known from elsewhere. */
  void parseMessage(
      byte[] bytes, int from, int to, long micros, @Nullable String sensor, EventSink sink) {
    if (decoder.read(bytes, from, to)) {
      decode(bytes, from, decoder.fieldsFrom(), micros, sensor, sink);
    }
  }

  private void decode(
      byte[] bytes, int prefix, int fields, long micros, @Nullable String sensor, EventSink sink) {
    // UniFi's description of the rule is free text.
    int description = Text.find(bytes, prefix, fields, "DESCR=");
    Outcome outcome = verdicts.outcome(bytes, prefix, description < 0 ? fields : description);
    decoder.decode(bytes, micros, outcome, sensor, sink);
  }

  private @Nullable String sensor(byte[] bytes) {
    int from = header.hostFrom();
    int to = header.hostTo();
    return from < to ? names.of(bytes, from, to) : null;
  }

  private long ownTime(byte[] bytes, int from, int to) {
    int slash = Text.find(bytes, from, to, '/');
    if (slash - from >= 2 && slash < to) {
      long micros = proxmoxStamp(bytes, slash - 2, to);
      if (micros >= 0) {
        return micros;
      }
    }
    long latest = header.latestTimeMicros();
    if (latest >= 0) {
      return latest;
    }
    return uptime(bytes, from, to);
  }

  /* [ 1024.170176], seconds since the machine was started. */
  private long uptime(byte[] bytes, int from, int to) {
    int open = Text.find(bytes, from, to, '[');
    int close = Text.find(bytes, open, to, ']');
    if (close == to) {
      return TimeParser.INVALID;
    }
    int number = open + 1;
    while (number < close && bytes[number] == ' ') {
      number++;
    }
    if (Text.find(bytes, number, close, '.') == close) {
      return TimeParser.INVALID;
    }
    long micros = NumberParser.decimal(bytes, number, close, MICRO);
    return micros < 0 || micros > TimeParser.END_MICROS ? TimeParser.INVALID : bootMicros + micros;
  }

  private long proxmoxStamp(byte[] bytes, int from, int to) {
    if (to - from < PROXMOX_STAMP.length() || bytes[from + 6] != '/' || bytes[from + 11] != ':') {
      return TimeParser.INVALID;
    }
    int month = -1;
    for (int i = 0; i < MONTHS.length() && month < 0; i += 3) {
      if (bytes[from + 3] == MONTHS.charAt(i)
          && bytes[from + 4] == MONTHS.charAt(i + 1)
          && bytes[from + 5] == MONTHS.charAt(i + 2)) {
        month = i / 3 + 1;
      }
    }
    int sign = bytes[from + 21];
    int offset = TimeParser.LOCAL;
    if (sign == '+' || sign == '-') {
      int seconds =
          (int) number(bytes, from + 22, from + 24) * 3600
              + (int) number(bytes, from + 24, from + 26) * 60;
      offset = sign == '-' ? -seconds : seconds;
    }
    return times.of(
        (int) number(bytes, from + 7, from + 11),
        month,
        (int) number(bytes, from, from + 2),
        (int) number(bytes, from + 12, from + 14),
        (int) number(bytes, from + 15, from + 17),
        (int) number(bytes, from + 18, from + 20),
        offset);
  }

  private static long number(byte[] bytes, int from, int to) {
    return NumberParser.unsigned(bytes, from, to);
  }
}
