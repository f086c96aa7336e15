package io.github.sweepwatch.detect;

/**
 * Consecutive ports.
 *
 * @param first the lowest, 0 to 65535
 * @param last the highest, not below the first
 */
public record PortRange(int first, int last) {
  /**
   * Checks the parts.
   *
   * @param first the lowest
   * @param last the highest
   * @throws IllegalArgumentException if the range is empty or holds what is no port
   */
  public PortRange {
    if (first < 0 || last > 0xffff || first > last) {
      throw new IllegalArgumentException("no range of ports: " + first + " to " + last);
    }
  }

  /** {@code 443}, or {@code 8000-8080}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
