package io.github.sweepwatch.response;

/**
 * A PowerShell script. What comes from a source is blocked on every host that runs it, and what a
 * source inside sends, on that source itself. Windows forgets no rule by itself: the description
 * carries the date, and the rollback removes the group.
 */
final class WindowsFirewallFile implements ResponseFile {
  private static final String REMOVE =
      "Get-NetFirewallRule -Group 'Sweepwatch' -ErrorAction SilentlyContinue |"
          + " Remove-NetFirewallRule";

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Run in PowerShell as administrator. It takes the place of an earlier one.");
    text.comment("Nothing here expires by itself: run the rollback file at the dates given.");
    text.plan(plan);
    text.line(REMOVE);
    for (Answer answer : plan.answers()) {
      rule(text, answer, "Inbound", "RemoteAddress");
      if (answer.inside()) {
        rule(text, answer, "Outbound", "LocalAddress");
      }
    }
    return text.toString();
  }

  private static void rule(Commented text, Answer answer, String direction, String side) {
    String source = answer.source().toString();
    // A plain text has no quote, so that it can stand between two.
    text.line(
        String.format(
            "New-NetFirewallRule -Group 'Sweepwatch' -Name 'sweepwatch-%s-%s' -DisplayName"
                + " 'Sweepwatch %s %s' -Description 'Until %s. %s' -Direction %s -Action Block -%s"
                + " '%s' -Profile Any -Enabled True",
            direction,
            source.replace(':', '-'),
            direction,
            source,
            PlainText.time(answer.untilMicros()),
            PlainText.describe(answer.incidents().get(0)),
            direction,
            side,
            source));
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment(
        "Run in PowerShell as administrator. Takes back the rules of the group Sweepwatch.");
    return text.line(REMOVE).toString();
  }
}
