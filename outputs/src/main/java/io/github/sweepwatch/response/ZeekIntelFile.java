package io.github.sweepwatch.response;

/**
 * A file for Zeek's intelligence framework: what the sources do is logged in {@code intel.log}. The
 * rollback is a file of the same kind whose items are marked for removal.
 */
final class ZeekIntelFile implements ResponseFile {
  private static final String FIELDS = "#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc";

  @Override
  public String file(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Add it to Intel::read_files, with @load frameworks/intel/seen.");
    text.comment("Items expire by Intel::item_expiration, for all alike. Else add the rollback");
    text.comment("file at the dates given.");
    text.plan(plan);
    text.line(FIELDS);
    for (Answer answer : plan.answers()) {
      text.line(item(answer));
    }
    return text.toString();
  }

  @Override
  public String rollback(ResponsePlan plan) {
    Commented text = new Commented("#");
    text.comment("Add it to Intel::read_files, with @load frameworks/intel/removal.");
    text.line(FIELDS + "\tmeta.remove");
    for (Answer answer : plan.answers()) {
      text.line(item(answer) + "\tT");
    }
    return text.toString();
  }

  private static String item(Answer answer) {
    return String.join(
        "\t",
        answer.source().toString(),
        "Intel::ADDR",
        "sweepwatch",
        "until "
            + PlainText.time(answer.untilMicros())
            + ", "
            + PlainText.describe(answer.incidents().get(0)));
  }
}
