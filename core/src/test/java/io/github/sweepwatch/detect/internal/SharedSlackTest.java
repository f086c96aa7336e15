package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SharedSlackTest {
  private final SharedSlack slack = new SharedSlack();

  @Test
  void isSpentAtFirstAndAgainAfterItsDistance() {
    assertTrue(slack.note(false));
    assertTrue(slack.note(true));
    assertTrue(slack.renew(slack.state(), 3));
    assertFalse(slack.note(true));
    assertFalse(slack.note(false));
    assertFalse(slack.note(true));
    assertFalse(slack.note(false));
    assertTrue(slack.note(true));
    assertTrue(slack.note(false));
    assertTrue(slack.renew(slack.state(), Integer.MAX_VALUE));
    assertFalse(slack.note(true));
  }

  @Test
  void aStateNeverComesBack() {
    long before = slack.state();
    assertTrue(slack.renew(before, 1));
    assertTrue(slack.note(true));
    assertFalse(slack.renew(before, 9), "spent to the same amount, but renewed in between");
    before = slack.state();
    slack.voidNow();
    assertFalse(slack.renew(before, 9));
    assertTrue(slack.note(false));
    before = slack.state();
    for (int i = 0; i < 10; i++) {
      assertTrue(slack.note(true));
    }
    assertFalse(slack.renew(before, 9), "overspent");
    assertTrue(slack.renew(slack.state(), 1));
    assertFalse(slack.note(false));
  }
}
