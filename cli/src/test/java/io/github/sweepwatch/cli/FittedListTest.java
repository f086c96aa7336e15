package io.github.sweepwatch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FittedListTest {
  private static final List<FittedList.Item> ITEMS =
      List.of(
          new FittedList.Item("22 ssh", 1),
          new FittedList.Item("80-89", 10),
          new FittedList.Item("443 https", 1));

  @Test
  void showsAllThatFits() {
    assertEquals("22 ssh, 80-89, 443 https", FittedList.of(ITEMS, 12, 24));
  }

  @Test
  void saysHowMuchIsMissing() {
    assertEquals("22 ssh, 80-89, +1 more", FittedList.of(ITEMS, 12, 23));
    assertEquals("22 ssh, +11 more", FittedList.of(ITEMS, 12, 18));
    assertEquals("22 ssh, 80-89, 443 https, +988 more", FittedList.of(ITEMS, 1000, 40));
  }

  @Test
  void showsOneInAnyCase() {
    assertEquals("22 ssh, +11 more", FittedList.of(ITEMS, 12, 3));
    assertEquals("", FittedList.of(List.of(), 0, 3));
  }
}
