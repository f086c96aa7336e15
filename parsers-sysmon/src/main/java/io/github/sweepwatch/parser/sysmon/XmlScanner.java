package io.github.sweepwatch.parser.sysmon;

/**
 * Finds the events of an XML document: from {@code <Event>} to {@code </Event>}. Not thread-safe.
 */
final class XmlScanner extends DocumentScanner {
  @Override
  Found next(byte[] bytes, int limit, boolean ended) {
    while (true) {
      int tag = at;
      while (tag < limit && bytes[tag] != '<') {
        tag++;
      }
      at = tag;
      if (tag == limit || (!ended && tag + EventTags.END.length > limit)) {
        return ended && start != NONE ? hand(Found.CUT, limit, NONE) : Found.NOTHING;
      }
      if (Bytes.isAt(bytes, tag, limit, EventTags.END)) {
        at = tag + EventTags.END.length;
        if (start != NONE) {
          return hand(Found.EVENT, at, NONE);
        }
      } else if (EventTags.isStart(bytes, tag, limit)) {
        at = tag + EventTags.START.length;
        if (start != NONE) {
          return hand(Found.CUT, tag, tag);
        }
        start = tag;
      } else {
        at = tag + 1;
      }
    }
  }

  @Override
  void giveUp() {
    start = NONE;
  }
}
