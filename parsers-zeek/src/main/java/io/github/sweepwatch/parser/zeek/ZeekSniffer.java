package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonToken;

/** Tells from a stream's first bytes whether it is a Zeek log. */
final class ZeekSniffer {
  private static final int ANNOUNCED = 100;
  private static final int JSON = 90;
  private static final int BARE_HEADER = 80;

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
      score = BARE_HEADER;
    }
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
      ConnField field = inId ? name.nested() : name.field();
      originator |= field == ConnField.ORIG_H;
      responder |= field == ConnField.RESP_H;
      zeek |= field == ConnField.CONN_STATE || (!inId && name.role() == FieldName.Role.UID);
      if (token == JsonToken.BEGIN_OBJECT && name.role() == FieldName.Role.ID && !inId) {
        inId = true;
      } else {
        cursor.skip(token);
      }
    }
    return originator && responder && zeek;
  }
}
