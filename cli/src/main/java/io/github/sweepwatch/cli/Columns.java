package io.github.sweepwatch.cli;

import java.util.List;

/** Columns as wide as their widest cell. */
final class Columns {
  private final String alignment;
  private final int[] widths;

  private Columns(String alignment, int[] widths) {
    this.alignment = alignment;
    this.widths = widths;
  }

  /** Columns for these rows; the alignment has one letter a column, {@code l} or {@code r}. */
  static Columns of(List<String[]> rows, String alignment) {
    int[] widths = new int[alignment.length()];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return new Columns(alignment, widths);
  }

  /** A row as a line, without blanks at its end. */
  String line(String[] row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - row[i].length());
      line.append(alignment.charAt(i) == 'l' ? row[i] + padding : padding + row[i]).append("  ");
    }
    return line.toString().stripTrailing() + '\n';
  }
}
