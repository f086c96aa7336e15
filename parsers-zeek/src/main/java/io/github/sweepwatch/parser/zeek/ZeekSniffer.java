package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells from a stream's first bytes whether it is a Zeek log. */
final class ZeekSniffer {
  private static final int ANNOUNCED = 100;
  private static final int JSON = 90;
  private static final int BARE_HEADER = 80;
  // Many have a column ts.
  private static final int TIME_ONLY = 20;

  private static final byte[][] ENDPOINTS = {
    ascii("\"id.orig_h\":"), ascii("\"id_orig_h\":"), ascii("\"orig_h\":")
  };

  private final TsvHeader header = new TsvHeader();
  private final JsonCursor cursor = new JsonCursor();
  private int score;

  int score(byte[] head) {
    int from = 0;
    while (from < head.length && score < ANNOUNCED) {
      int to = from;
      while (to < head.length && head[to] != '\n') {
        to++;
      }
      boolean carriageReturn = to > from && head[to - 1] == '\r';
      line(head, from, carriageReturn ? to - 1 : to);
      from = to + 1;
    }
    return score;
  }

  private void line(byte[] head, int lineFrom, int to) {
    int from = ZeekLogParser.textStart(head, lineFrom, to);
    if (ZeekLogParser.startsJson(head, from, to)) {
      if (score < JSON && isConnection(head, from, to)) {
        score = JSON;
      }
    } else if (header.takeMeta(head, from, to)) {
      if (header.isAnnounced()) {
        score = ANNOUNCED;
      }
    } else if (score < BARE_HEADER && header.takeBare(head, from, to)) {
      score = Math.max(score, header.namesEndpoint() ? BARE_HEADER : TIME_ONLY);
    }
  }

  /** Whether a line is a JSON object with an endpoint under Zeek's name, not in another object. */
  static boolean isZeekJson(byte[] bytes, int from, int to) {
    if (ZeekLogParser.startsJson(bytes, from, to)) {
      for (byte[] name : ENDPOINTS) {
        for (int i = from; i <= to - name.length; i++) {
          if (bytes[i] == '"' && Arrays.equals(bytes, i, i + name.length, name, 0, name.length)) {
            return isOutermost(bytes, from, to);
          }
        }
      }
    }
    return false;
  }

  /* Whether the endpoint that stands somewhere stands in the record itself. */
  private static boolean isOutermost(byte[] bytes, int from, int to) {
    JsonCursor members = new JsonCursor();
    members.reset(bytes, from, to);
    members.next();
    JsonToken token;
    while ((token = members.next()) != JsonToken.INVALID && token != JsonToken.END_OBJECT) {
      FieldName name = FieldName.of(members.keyBytes(), members.keyFrom(), members.keyTo());
      if (name.field() == ZeekField.ORIG_H
          || (name.role() == FieldName.Role.ID && token == JsonToken.BEGIN_OBJECT)) {
        return true;
      }
      members.skip(token);
    }
    // Of what is no JSON the parser says why.
    return token == JsonToken.INVALID;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /* The last line may be cut, so what counts is the members before the end or a fault. */
  private boolean isConnection(byte[] head, int from, int to) {
    boolean originator = false;
    boolean responder = false;
    boolean zeek = false;
    boolean inId = false;
    cursor.reset(head, from, to);
    cursor.next();
    while (cursor.depth() > 0) {
      JsonToken token = cursor.next();
      if (token == JsonToken.INVALID) {
        break;
      }
      if (token == JsonToken.END_OBJECT) {
        inId = false;
        continue;
      }
      FieldName name = FieldName.of(cursor.keyBytes(), cursor.keyFrom(), cursor.keyTo());
      ZeekField field = inId ? name.nested() : name.field();
      originator |= field == ZeekField.ORIG_H;
      responder |= field == ZeekField.RESP_H;
      zeek |= field == ZeekField.CONN_STATE || field == ZeekField.UID;
      if (token == JsonToken.BEGIN_OBJECT && name.role() == FieldName.Role.ID && !inId) {
        inId = true;
      } else {
        cursor.skip(token);
      }
    }
    return originator && responder && zeek;
  }
}
