package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LogonEvent;
import io.github.sweepwatch.explain.Actor;
import io.github.sweepwatch.explain.AnsweredProbe;
import io.github.sweepwatch.explain.Asset;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Coverage;
import io.github.sweepwatch.explain.Criticality;
import io.github.sweepwatch.explain.Direction;
import io.github.sweepwatch.explain.Explanation;
import io.github.sweepwatch.explain.IdsActivity;
import io.github.sweepwatch.explain.IdsFinding;
import io.github.sweepwatch.explain.LogonActivity;
import io.github.sweepwatch.explain.LogonTarget;
import io.github.sweepwatch.explain.ScanScope;
import io.github.sweepwatch.explain.ScanSource;
import io.github.sweepwatch.explain.ScannedService;
import io.github.sweepwatch.explain.ServiceNature;
import io.github.sweepwatch.explain.ToolHint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonExplanationProperties {
  private static final IpAddress SOURCE = IpAddress.parse("198.51.100.7");
  private static final IpAddress TARGET = IpAddress.parse("2001:db8::5");

  private static Explanation explanation(String text) {
    return new Explanation(
        new ScanSource(
            Direction.OUTBOUND,
            new Asset(AddressBlock.parse("10.0.0.0/8"), text, text, Criticality.HIGH, text),
            List.of(new Actor(text, text, text))),
        new ScanScope(
            List.of(new ScannedService(445, text, ServiceNature.FILE_SHARING)),
            true,
            new Coverage(AddressBlock.parse("10.1.2.0/24"), 64, 0.25),
            List.of(new AnsweredProbe(TARGET, 445, 6)),
            true,
            new ToolHint(text, text)),
        new LogonActivity(
            7,
            2,
            List.of(text),
            true,
            new LogonEvent(1_500_000, SOURCE, TARGET, text, text, text, true, text),
            List.of(new LogonTarget(TARGET, text, true, 7, 2)),
            true,
            true),
        new IdsActivity(
            List.of(new IdsFinding(text, text, 1, 3, 1_000_000, 2_000_000, TARGET, text)), true),
        List.of(AttackTechnique.NETWORK_SERVICE_DISCOVERY));
  }

  private static byte[] encode(Explanation explanation) throws IOException {
    ScanAlert alert =
        ScanAlert.builder()
            .id("00ff00ff00ff00ff")
            .state(ScanAlert.State.UPDATED)
            .type(ScanType.HORIZONTAL)
            .explanation(explanation)
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new JsonAlertEncoder().encode(alert, out);
    return out.toByteArray();
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static Map<?, ?> child(Map<?, ?> of, String field) {
    Object value = Objects.requireNonNull(of.get(field), field);
    return value instanceof List<?> list ? map(list.get(0)) : map(value);
  }

  @Property(tries = 500)
  void noTextBreaksOut(@ForAll("hostile") String text) throws IOException {
    byte[] bytes = encode(explanation(text));
    for (int i = 0; i < bytes.length - 1; i++) {
      assertTrue(bytes[i] >= ' ', "byte " + bytes[i]);
    }
    Map<?, ?> explain = child(JsonText.object(bytes), "explain");
    Map<?, ?> asset = child(explain, "asset");
    assertEquals(
        List.of(text, text, text),
        List.of(asset.get("role"), asset.get("owner"), asset.get("zone")));
    Map<?, ?> actor = child(explain, "actors");
    assertEquals(Map.of("host", text, "user", text, "image", text), actor);
    assertEquals(text, child(explain, "services").get("name"));
    assertEquals(Map.of("name", text, "reason", text), child(explain, "tool"));
    Map<?, ?> logons = child(explain, "logons");
    assertEquals(List.of(text), logons.get("accounts"));
    Map<?, ?> success = child(logons, "first_success");
    assertEquals(
        List.of(text, text, text, text),
        List.of(
            success.get("host"),
            success.get("account"),
            success.get("method"),
            success.get("sensor")));
    assertEquals(text, child(logons, "targets").get("host"));
    Map<?, ?> finding = child(child(explain, "ids"), "findings");
    assertEquals(
        List.of(text, text, text),
        List.of(finding.get("name"), finding.get("category"), finding.get("sensor")));
  }

  @Example
  void writesEveryField() throws IOException {
    String json = new String(encode(explanation("x")), StandardCharsets.UTF_8);
    String explain = json.substring(json.indexOf("\"explain\":"));
    assertEquals(
        "\"explain\":{\"direction\":\"outbound\",\"asset\":{\"block\":\"10.0.0.0/8\",\"role\":\"x\",\"owner\":\"x\",\"criticality\":\"high\",\"zone\":\"x\"},\"actors\":[{\"host\":\"x\",\"user\":\"x\",\"image\":\"x\"}],"
            + "\"services\":[{\"port\":445,\"name\":\"x\",\"nature\":\"file_sharing\",\"precedes\":\""
            + ServiceNature.FILE_SHARING.precedes()
            + "\"}],\"services_truncated\":true,\"coverage\":{\"network\":\"10.1.2.0/24\",\"hosts\":64,\"share\":0.250000},\"answered\":[{\"host\":\"2001:db8::5\",\"port\":445,\"proto\":\"tcp\",\"proto_num\":6}],\"answered_truncated\":true,\"tool\":{\"name\":\"x\",\"reason\":\"x\"},"
            + "\"logons\":{\"attempts\":7,\"failures\":5,\"successes\":2,\"accounts\":[\"x\"],\"accounts_truncated\":true,\"first_success\":{\"time\":1.500000,\"source\":\"198.51.100.7\",\"target\":\"2001:db8::5\",\"host\":\"x\",\"account\":\"x\",\"method\":\"x\",\"sensor\":\"x\"},\"targets\":[{\"address\":\"2001:db8::5\",\"host\":\"x\",\"probed\":true,\"attempts\":7,\"successes\":2}],\"targets_truncated\":true,\"may_be_incomplete\":true},"
            + "\"ids\":{\"findings\":[{\"name\":\"x\",\"category\":\"x\",\"priority\":1,\"count\":3,\"first_seen\":1.000000,\"last_seen\":2.000000,\"target\":\"2001:db8::5\",\"sensor\":\"x\"}],\"may_be_incomplete\":true},"
            + "\"attack\":{\"version\":\""
            + AttackTechnique.VERSION
            + "\",\"techniques\":[{\"id\":\"T1046\",\"name\":\"Network Service"
            + " Discovery\",\"tactic_id\":\"TA0007\",\"tactic\":\"Discovery\"}]}}}\n",
        explain);
  }

  @Example
  void leavesOutWhatIsNotKnown() throws IOException {
    String json =
        new String(
            encode(
                new Explanation(
                    new ScanSource(Direction.EXTERNAL, null, List.of()),
                    new ScanScope(List.of(), false, null, List.of(), false, null),
                    LogonActivity.NONE,
                    IdsActivity.NONE,
                    List.of())),
            StandardCharsets.UTF_8);
    assertTrue(
        json.endsWith(
            "\"explain\":{\"direction\":\"external\",\"actors\":[],\"services\":[],\"services_truncated\":false,\"answered\":[],\"answered_truncated\":false,"
                + "\"logons\":{\"attempts\":0,\"failures\":0,\"successes\":0,\"accounts\":[],\"accounts_truncated\":false,\"targets\":[],\"targets_truncated\":false,\"may_be_incomplete\":false},"
                + "\"ids\":{\"findings\":[],\"may_be_incomplete\":false},\"attack\":{\"version\":\""
                + AttackTechnique.VERSION
                + "\",\"techniques\":[]}}}\n"),
        json);
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.strings()
        .withChars("\"\\\n\r\t\0\u001b\u007f\u0085\u2028\u2029\u202e{}[],:/|=<>ö")
        .withCharRange('a', 'z')
        .ofMaxLength(12);
  }
}
