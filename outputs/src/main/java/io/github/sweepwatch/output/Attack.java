package io.github.sweepwatch.output;

import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.explain.AttackTechnique;
import io.github.sweepwatch.explain.Explanation;
import java.util.Arrays;
import java.util.List;

/** What MITRE ATT&amp;CK calls an alert: its techniques, most telling first, by name and page. */
final class Attack {
  static final String FRAMEWORK = "MITRE ATT&CK";

  private static final String SITE = "https://attack.mitre.org/";

  private Attack() {}

  /** The techniques that the alert gives; those of its explanation, where it has any. */
  static List<AttackTechnique> techniques(ScanAlert alert) {
    Explanation explanation = alert.explanation();
    if (explanation != null && !explanation.techniques().isEmpty()) {
      return explanation.techniques();
    }
    return Arrays.stream(AttackTechnique.values())
        .filter(technique -> technique.id().equals(alert.technique()))
        .toList();
  }

  /** The id without the part of a sub-technique. */
  static String parentId(AttackTechnique technique) {
    return technique.id().split("\\.", 2)[0];
  }

  /** The name without the part of a sub-technique. */
  static String parentName(AttackTechnique technique) {
    return technique.title().split(": ", 2)[0];
  }

  static boolean isSubTechnique(AttackTechnique technique) {
    return technique.id().indexOf('.') >= 0;
  }

  /** The name of a sub-technique without that of its technique. */
  static String ownName(AttackTechnique technique) {
    return technique.title().substring(technique.title().indexOf(": ") + 2);
  }

  /** The page of a technique or sub-technique. */
  static String techniqueUrl(String id) {
    return SITE + "techniques/" + id.replace('.', '/') + "/";
  }

  static String tacticUrl(AttackTechnique technique) {
    return SITE + "tactics/" + technique.tacticId() + "/";
  }
}
