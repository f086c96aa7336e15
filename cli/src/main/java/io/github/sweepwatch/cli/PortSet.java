package io.github.sweepwatch.cli;

import java.util.Arrays;
import java.util.BitSet;

/** A set of ports: a sorted array while there are few, a bitmap from then on. */
final class PortSet {
  private static final int FEW = 64;

  private char[] few = new char[2];
  private BitSet many = new BitSet(0);
  private int size;

  /** Adds a port, 0 to 65535. */
  void add(int port) {
    if (size > FEW) {
      many.set(port);
      return;
    }
    int index = Arrays.binarySearch(few, 0, size, (char) port);
    if (index >= 0) {
      return;
    }
    insert(-index - 1, (char) port);
    if (size > FEW) {
      many = new BitSet(1 << 16);
      for (char each : few) {
        many.set(each);
      }
      few = new char[0];
    }
  }

  private void insert(int index, char port) {
    if (size == few.length) {
      few = Arrays.copyOf(few, Math.min(2 * size, FEW + 1));
    }
    System.arraycopy(few, index, few, index + 1, size - index);
    few[index] = port;
    size++;
  }

  /** The ports, ascending, with blanks between them. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (size > FEW) {
      many.stream().forEach(port -> text.append(' ').append(port));
    } else {
      for (int i = 0; i < size; i++) {
        text.append(' ').append((int) few[i]);
      }
    }
    return text.isEmpty() ? "" : text.substring(1);
  }
}
