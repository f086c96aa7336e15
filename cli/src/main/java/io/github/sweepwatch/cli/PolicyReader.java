package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.JointRule;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanSchedule;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.ServiceGroup;
import io.github.sweepwatch.event.AddressBlock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a policy from YAML. What cannot be read as it is meant is a {@link YamlProblem}. */
final class PolicyReader {
  private static final Set<String> SETTINGS =
      Set.of(
          "preset",
          "name",
          "sensitive_ports",
          "every_event",
          "allowed_lateness",
          "idle_time",
          "max_duration",
          "mute_time",
          "decoy_time",
          "ipv6_prefix",
          "ladder",
          "rules",
          "joint_rules",
          "remove_rules",
          "change_rules",
          "add_rules",
          "authorised",
          "ignored");
  private static final Set<String> RULE =
      Set.of(
          "name",
          "type",
          "counts",
          "failed_only",
          "services",
          "window",
          "outside",
          "inside",
          "minimum_hosts",
          "minimum_services",
          "minimum_privileged",
          "stranger_percent",
          "dark_only");
  private static final Set<String> JOINT_RULE =
      Set.of(
          "name",
          "type",
          "services",
          "window",
          "outside",
          "inside",
          "minimum_sources",
          "minimum_each");
  private static final Set<String> CHANGES = Set.of("rule", "of_services");
  private static final Set<String> ENTRY =
      Set.of("sources", "targets", "ports", "days", "hours", "zone", "expires", "owner", "reason");
  private static final Set<String> IGNORED = Set.of("targets", "ports", "reason");

  private final YamlValue file;
  private final Map<String, YamlValue> settings;

  private PolicyReader(YamlValue file) {
    this.file = file;
    settings = file.fields(SETTINGS);
  }

  /**
   * The policy of a text.
   *
   * @param name what messages call the file, and its policy is called if it does not say
   * @param text the file's content
   */
  static DetectionPolicy read(String name, String text) {
    return new PolicyReader(YamlValue.of(name, text)).policy(name);
  }

  private DetectionPolicy policy(String fileName) {
    YamlValue presetValue = settings.get("preset");
    DetectionPolicy preset =
        presetValue == null
            ? null
            : choice(
                presetValue,
                List.of(DetectionPolicy.defaults(), DetectionPolicy.spl()),
                DetectionPolicy::name);
    if (preset == null && !settings.containsKey("rules")) {
      throw file.problem("a policy has a preset to start from, or rules");
    }
    YamlValue name = settings.get("name");
    String called = name == null ? fileName : name.text();
    DetectionPolicy.Builder policy =
        preset == null ? DetectionPolicy.builder(called) : preset.toBuilder().name(called);
    rules(policy, preset);
    with("sensitive_ports", value -> policy.sensitivePorts(ports(value)));
    with("every_event", value -> policy.everyEvent(value.truth()));
    with("allowed_lateness", value -> policy.allowedLateness(duration(value)));
    with("idle_time", value -> policy.idleTime(positive(value)));
    with("max_duration", value -> policy.maxDuration(withinDay(value)));
    with("mute_time", value -> policy.muteTime(duration(value)));
    with("decoy_time", value -> policy.decoyTime(duration(value)));
    with(
        "ipv6_prefix", value -> policy.ipv6Prefix(value.number(16, DetectionPolicy.WHOLE_ADDRESS)));
    with("ladder", value -> policy.ladder(ladder(value)));
    with("authorised", value -> value.items().forEach(item -> policy.authorise(entry(item))));
    with("ignored", value -> value.items().forEach(item -> policy.ignore(ignored(item))));
    try {
      return policy.build();
    } catch (IllegalArgumentException e) {
      throw file.problem(String.valueOf(e.getMessage()));
    }
  }

  private void with(String key, Consumer<YamlValue> use) {
    YamlValue value = settings.get(key);
    if (value != null) {
      use.accept(value);
    }
  }

  // ---- rules ----

  private void rules(DetectionPolicy.Builder policy, @Nullable DetectionPolicy preset) {
    List<CountRule> rules = new ArrayList<>(preset == null ? List.of() : preset.rules());
    List<JointRule> joint = new ArrayList<>(preset == null ? List.of() : preset.jointRules());
    with("rules", value -> replaceAll(rules, value, PolicyReader::newRule));
    with("joint_rules", value -> replaceAll(joint, value, PolicyReader::newJointRule));
    with(
        "remove_rules",
        value -> {
          for (YamlValue item : value.items()) {
            String name = item.text();
            boolean removed = rules.removeIf(rule -> rule.name().equals(name));
            if (!(joint.removeIf(rule -> rule.name().equals(name)) || removed)) {
              throw item.problem("no rule '" + name + "'");
            }
          }
        });
    with("change_rules", value -> value.items().forEach(item -> change(item, rules, joint)));
    with("add_rules", value -> value.items().forEach(item -> rules.add(newRule(item))));
    policy.rules(rules).jointRules(joint);
  }

  private static <T> void replaceAll(List<T> rules, YamlValue value, Function<YamlValue, T> read) {
    rules.clear();
    value.items().forEach(item -> rules.add(read.apply(item)));
  }

  private static void change(YamlValue item, List<CountRule> rules, List<JointRule> joint) {
    Set<String> known = new HashSet<>(RULE);
    known.addAll(JOINT_RULE);
    known.addAll(CHANGES);
    String name = required(item, item.fields(known), "rule").text();
    boolean isJoint = joint.stream().anyMatch(rule -> rule.name().equals(name));
    Map<String, YamlValue> fields =
        item.fields(
            Stream.concat(CHANGES.stream(), (isJoint ? JOINT_RULE : RULE).stream())
                .collect(Collectors.toSet()));
    YamlValue only = fields.get("of_services");
    Predicate<Set<ServiceGroup>> fits = only == null ? any -> true : services(only)::equals;
    int changed = 0;
    for (int i = 0; i < rules.size(); i++) {
      CountRule rule = rules.get(i);
      if (rule.name().equals(name) && fits.test(rule.services())) {
        rules.set(i, changed(item, fields, rule));
        changed++;
      }
    }
    for (int i = 0; i < joint.size(); i++) {
      JointRule rule = joint.get(i);
      if (rule.name().equals(name) && fits.test(rule.services())) {
        joint.set(i, changed(item, fields, rule));
        changed++;
      }
    }
    if (changed == 0) {
      throw item.problem("no rule '" + name + "'" + (only == null ? "" : " of these services"));
    }
  }

  private static CountRule newRule(YamlValue item) {
    Map<String, YamlValue> fields = item.fields(RULE);
    for (String key : List.of("name", "type", "counts", "window", "outside", "inside")) {
      required(item, fields, key);
    }
    CountRule blank =
        CountRule.of("", ScanType.HORIZONTAL, measure(required(item, fields, "counts")));
    return changed(item, fields, blank);
  }

  private static JointRule newJointRule(YamlValue item) {
    Map<String, YamlValue> fields = item.fields(JOINT_RULE);
    JOINT_RULE.forEach(key -> required(item, fields, key));
    JointRule blank =
        new JointRule(
            "", ScanType.DISTRIBUTED_HORIZONTAL, Set.of(ServiceGroup.WEB), 300, 1, 1, 2, 1);
    return changed(item, fields, blank);
  }

  private static CountRule changed(YamlValue item, Map<String, YamlValue> fields, CountRule rule) {
    int most = Integer.MAX_VALUE;
    try {
      return new CountRule(
          or(fields, "name", YamlValue::text, rule.name()),
          or(fields, "type", PolicyReader::type, rule.type()),
          or(fields, "counts", PolicyReader::measure, rule.measure()),
          or(fields, "failed_only", YamlValue::truth, rule.failedOnly()),
          or(fields, "services", PolicyReader::services, rule.services()),
          or(fields, "window", PolicyReader::window, rule.windowSeconds()),
          or(fields, "outside", value -> value.number(1, most), rule.externalThreshold()),
          or(fields, "inside", value -> value.number(1, most), rule.internalThreshold()),
          or(fields, "minimum_hosts", value -> value.number(0, most), rule.minimumHosts()),
          or(fields, "minimum_services", value -> value.number(0, most), rule.minimumServices()),
          or(
              fields,
              "minimum_privileged",
              value -> value.number(0, most),
              rule.minimumPrivileged()),
          or(fields, "stranger_percent", value -> value.number(0, 100), rule.strangerPercent()),
          or(fields, "dark_only", YamlValue::truth, rule.darkOnly()));
    } catch (IllegalArgumentException e) {
      throw item.problem(String.valueOf(e.getMessage()));
    }
  }

  private static JointRule changed(YamlValue item, Map<String, YamlValue> fields, JointRule rule) {
    int most = JointRule.MAX_THRESHOLD;
    try {
      return new JointRule(
          or(fields, "name", YamlValue::text, rule.name()),
          or(fields, "type", PolicyReader::type, rule.type()),
          or(fields, "services", PolicyReader::services, rule.services()),
          or(fields, "window", PolicyReader::window, rule.windowSeconds()),
          or(fields, "outside", value -> value.number(1, most), rule.externalThreshold()),
          or(fields, "inside", value -> value.number(1, most), rule.internalThreshold()),
          or(fields, "minimum_sources", value -> value.number(2, most), rule.minimumSources()),
          or(fields, "minimum_each", value -> value.number(1, most), rule.minimumEach()));
    } catch (IllegalArgumentException e) {
      throw item.problem(String.valueOf(e.getMessage()));
    }
  }

  private static ScanType type(YamlValue value) {
    return choice(value, List.of(ScanType.values()), PolicyWriter::word);
  }

  private static CountRule.Measure measure(YamlValue value) {
    return choice(value, List.of(CountRule.Measure.values()), PolicyWriter::word);
  }

  private static Set<ServiceGroup> services(YamlValue value) {
    Set<ServiceGroup> services = EnumSet.noneOf(ServiceGroup.class);
    for (YamlValue item : value.items()) {
      services.add(choice(item, List.of(ServiceGroup.values()), PolicyWriter::word));
    }
    if (services.isEmpty()) {
      throw value.problem("no services");
    }
    return services;
  }

  private static int window(YamlValue value) {
    Duration window = positive(value);
    long seconds = window.toSeconds();
    if (!window.equals(Duration.ofSeconds(seconds))
        || seconds % 2 != 0
        || window.compareTo(CountRule.MAX_WINDOW) > 0) {
      throw value.problem("the window is not an even number of seconds up to 24h");
    }
    return (int) seconds;
  }

  // ---- who may scan ----

  private static AuthorisedScanners entry(YamlValue item) {
    Map<String, YamlValue> fields = item.fields(ENTRY);
    boolean scheduled = fields.containsKey("days") || fields.containsKey("hours");
    YamlValue zone = fields.get("zone");
    if (zone != null && !scheduled) {
      throw zone.problem("a zone without days or hours");
    }
    return new AuthorisedScanners(
        block(required(item, fields, "sources")),
        or(fields, "targets", PolicyReader::blocks, List.of()),
        or(fields, "ports", PolicyReader::ranges, List.of()),
        scheduled ? schedule(fields) : null,
        fields.containsKey("expires") ? moment(required(item, fields, "expires")) : null,
        or(fields, "owner", YamlValue::text, ""),
        or(fields, "reason", YamlValue::text, ""));
  }

  private static AuthorisedScanners ignored(YamlValue item) {
    Map<String, YamlValue> fields = item.fields(IGNORED);
    List<AddressBlock> targets = or(fields, "targets", PolicyReader::blocks, List.of());
    List<PortRange> ports = or(fields, "ports", PolicyReader::ranges, List.of());
    if (targets.isEmpty() && ports.isEmpty()) {
      throw item.problem("ignored are targets, ports, or both: nothing is named");
    }
    return AuthorisedScanners.ignoring(targets, ports, or(fields, "reason", YamlValue::text, ""));
  }

  private static ScanSchedule schedule(Map<String, YamlValue> fields) {
    LocalTime[] hours =
        or(
            fields,
            "hours",
            PolicyReader::hours,
            new LocalTime[] {LocalTime.MIDNIGHT, LocalTime.MIDNIGHT});
    return new ScanSchedule(
        or(fields, "days", PolicyReader::days, EnumSet.allOf(DayOfWeek.class)),
        hours[0],
        hours[1],
        or(fields, "zone", PolicyReader::zone, ZoneOffset.UTC));
  }

  private static Set<DayOfWeek> days(YamlValue value) {
    Set<DayOfWeek> days = new LinkedHashSet<>();
    for (YamlValue item : value.items()) {
      days.add(choice(item, List.of(DayOfWeek.values()), PolicyWriter::word));
    }
    if (days.isEmpty()) {
      throw value.problem("no days");
    }
    return days;
  }

  private static LocalTime[] hours(YamlValue value) {
    String text = value.text();
    if (text.matches("\\d\\d:\\d\\d-\\d\\d:\\d\\d")) {
      try {
        return new LocalTime[] {
          LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6))
        };
      } catch (DateTimeException e) {
        // No time of day.
      }
    }
    throw value.problem("no hours such as 22:00-04:00: '" + text + "'");
  }

  private static ZoneId zone(YamlValue value) {
    String text = value.text();
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw value.problem(
          "'" + text + "' is no zone such as Europe/Berlin, and no offset such as +02:00");
    }
  }

  private static Instant moment(YamlValue value) {
    String text = value.text();
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw value.problem("no moment such as 2027-01-31T18:00:00Z: '" + text + "'");
    }
  }

  private static List<AddressBlock> blocks(YamlValue value) {
    return value.items().stream().map(PolicyReader::block).toList();
  }

  private static AddressBlock block(YamlValue value) {
    try {
      return AddressBlock.parse(value.text());
    } catch (IllegalArgumentException e) {
      throw value.problem(String.valueOf(e.getMessage()));
    }
  }

  private static List<PortRange> ranges(YamlValue value) {
    return value.items().stream().map(PolicyReader::range).toList();
  }

  private static PortRange range(YamlValue value) {
    String text = value.textOrNumber();
    if (text.matches("\\d{1,5}(-\\d{1,5})?")) {
      int dash = text.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
      if (first <= last && last <= 0xffff) {
        return new PortRange(first, last);
      }
    }
    throw value.problem("no port and no range of ports such as 8000-8080: '" + text + "'");
  }

  // ---- values ----

  private static Set<Integer> ports(YamlValue value) {
    Set<Integer> ports = new HashSet<>();
    value.items().forEach(item -> ports.add(item.number(0, 0xffff)));
    return ports;
  }

  private static List<Integer> ladder(YamlValue value) {
    List<Integer> rungs = new ArrayList<>();
    for (YamlValue item : value.items()) {
      int rung = item.number(1, Integer.MAX_VALUE);
      if (!rungs.isEmpty() && rung <= rungs.get(rungs.size() - 1)) {
        throw item.problem("the ladder does not ascend at " + rung);
      }
      rungs.add(rung);
    }
    return rungs;
  }

  private static Duration duration(YamlValue value) {
    String text = value.textOrNumber();
    Duration duration = Durations.parse(value.isNumber() ? text + "s" : text);
    if (duration == null || duration.isNegative()) {
      throw value.problem("no duration such as 90s or 1h30m, up to 366d: '" + text + "'");
    }
    return duration;
  }

  private static Duration positive(YamlValue value) {
    Duration duration = duration(value);
    if (duration.isZero()) {
      throw value.problem("a duration of nothing");
    }
    return duration;
  }

  private static Duration withinDay(YamlValue value) {
    Duration duration = positive(value);
    if (duration.compareTo(CountRule.MAX_WINDOW) > 0) {
      throw value.problem("an incident cannot last longer than 24h");
    }
    return duration;
  }

  private static YamlValue required(YamlValue item, Map<String, YamlValue> fields, String key) {
    YamlValue value = fields.get(key);
    if (value == null) {
      throw item.problem("'" + key + "' is missing");
    }
    return value;
  }

  private static <T> T or(
      Map<String, YamlValue> fields, String key, Function<YamlValue, T> read, T absent) {
    YamlValue value = fields.get(key);
    return value == null ? absent : read.apply(value);
  }

  private static <T> T choice(YamlValue value, List<T> choices, Function<T, String> word) {
    String text = value.text();
    for (T choice : choices) {
      if (word.apply(choice).equals(text)) {
        return choice;
      }
    }
    throw value.problem(
        "no '"
            + text
            + "'; there are: "
            + choices.stream().map(word).collect(Collectors.joining(", ")));
  }
}
