package io.github.sweepwatch.explain;

/**
 * The techniques of MITRE ATT&amp;CK that a scan can be, with their tactics: the one table of them.
 *
 * @see <a href="https://attack.mitre.org/">attack.mitre.org</a>
 */
public enum AttackTechnique {
  /** From outside, both over addresses and over services. */
  ACTIVE_SCANNING("T1595", "Active Scanning", "TA0043", "Reconnaissance"),
  /** From outside, over addresses. */
  SCANNING_IP_BLOCKS(
      "T1595.001", "Active Scanning: Scanning IP Blocks", "TA0043", "Reconnaissance"),
  /** From outside, over the services of a host. */
  VULNERABILITY_SCANNING(
      "T1595.002", "Active Scanning: Vulnerability Scanning", "TA0043", "Reconnaissance"),
  /** From inside, for services. */
  NETWORK_SERVICE_DISCOVERY("T1046", "Network Service Discovery", "TA0007", "Discovery"),
  /** From inside, for hosts. */
  REMOTE_SYSTEM_DISCOVERY("T1018", "Remote System Discovery", "TA0007", "Discovery");

  /** The version of the Enterprise matrix that the names were taken from. */
  public static final String VERSION = "18";

  private final String id;
  private final String title;
  private final String tacticId;
  private final String tactic;

  AttackTechnique(String id, String title, String tacticId, String tactic) {
    this.id = id;
    this.title = title;
    this.tacticId = tacticId;
    this.tactic = tactic;
  }

  /**
   * The technique's id.
   *
   * @return such as {@code T1595.001}
   */
  public String id() {
    return id;
  }

  /**
   * The technique's name; of a sub-technique, after that of its technique.
   *
   * @return such as {@code Active Scanning: Scanning IP Blocks}
   */
  public String title() {
    return title;
  }

  /**
   * The id of the tactic that a scan uses it for.
   *
   * @return such as {@code TA0043}
   */
  public String tacticId() {
    return tacticId;
  }

  /**
   * The name of that tactic.
   *
   * @return such as {@code Reconnaissance}
   */
  public String tactic() {
    return tactic;
  }
}
