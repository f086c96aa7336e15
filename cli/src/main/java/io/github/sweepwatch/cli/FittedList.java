package io.github.sweepwatch.cli;

import java.util.List;

/** A list that is cut to a width, and says how much is missing. */
final class FittedList {
  private FittedList() {}

  /**
   * One entry.
   *
   * @param text what is shown
   * @param weight how many things it stands for
   */
  record Item(String text, long weight) {}

  /** As many items as fit, then {@code +N more} of the total; at least one item. */
  static String of(List<Item> items, long total, int width) {
    StringBuilder text = new StringBuilder();
    long left = total;
    for (Item item : items) {
      long after = left - item.weight();
      String separator = text.isEmpty() ? "" : ", ";
      int length = text.length() + separator.length() + item.text().length() + more(after).length();
      if (length > width && !text.isEmpty()) {
        break;
      }
      text.append(separator).append(item.text());
      left = after;
    }
    return text + more(left);
  }

  private static String more(long left) {
    return left > 0 ? ", +" + Count.number(left) + " more" : "";
  }
}
