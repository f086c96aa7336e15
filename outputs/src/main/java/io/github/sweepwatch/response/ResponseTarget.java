package io.github.sweepwatch.response;

import java.util.Locale;

/**
 * What an answer is written for. Each makes two texts of a plan, in ASCII with LF: the file, and
 * the rollback that takes it back. The same plan gives the same text. Whatever text of an alert is
 * shown stands in a comment or a string, reduced to letters, digits and a few marks, so that it can
 * end neither.
 *
 * <p>Thread-safe.
 */
public enum ResponseTarget {
  /** {@code nft -f}: sets whose elements time out, for packets that come in, pass and go out. */
  NFTABLES(new NftablesFile()),
  /** {@code iptables-restore} and {@code ip6tables-restore}: one file for both. */
  IPTABLES(new IptablesFile()),
  /** PowerShell with {@code New-NetFirewallRule}. */
  WINDOWS(new WindowsFirewallFile()),
  /** Cisco IOS access lists with time ranges. */
  CISCO(new CiscoAclFile()),
  /** Suricata rules: one that watches each source, and some that find the next such scan sooner. */
  SURICATA(new SuricataRules()),
  /** A file for Zeek's intelligence framework. */
  ZEEK(new ZeekIntelFile()),
  /** Sigma correlation rules that find the next such scan sooner. */
  SIGMA(new SigmaRules()),
  /** A STIX 2.1 bundle of indicators. */
  STIX(new StixBundle());

  @SuppressWarnings("ImmutableEnumChecker") // it keeps nothing
  private final ResponseFile format;

  ResponseTarget(ResponseFile format) {
    this.format = format;
  }

  /**
   * Whether rates can be limited, rather than sources blocked.
   *
   * @return true for nftables and iptables
   */
  public boolean limits() {
    return this == NFTABLES || this == IPTABLES;
  }

  /**
   * The file.
   *
   * @param plan whom to answer
   * @return its text
   * @throws IllegalArgumentException if the plan limits rates and this target cannot
   */
  public String file(ResponsePlan plan) {
    check(plan);
    return format.file(plan);
  }

  /**
   * The file that takes {@link #file} back.
   *
   * @param plan the same plan
   * @return its text
   * @throws IllegalArgumentException if the plan limits rates and this target cannot
   */
  public String rollback(ResponsePlan plan) {
    check(plan);
    return format.rollback(plan);
  }

  private void check(ResponsePlan plan) {
    if (plan.newPerMinute() != ResponsePlan.NONE && !limits()) {
      throw new IllegalArgumentException(this + " cannot limit the rate of a source");
    }
  }

  /** The name in lower case, such as {@code nftables}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
