package io.github.sweepwatch.detect;

/**
 * What a rule counts of a source, where it counts most, and what keeps it from speaking.
 *
 * @param reason the rule, its count and its threshold. The count leaves out that hosts are known,
 *     and minima
 * @param cause what keeps the rule from speaking
 * @param has what the source has of what the cause is about
 * @param needs how much of it there would have to be; for {@link Cause#ONE_HOST}, at most
 */
public record RuleReading(Reason reason, Cause cause, long has, long needs) {
  /** What keeps a rule from speaking. */
  public enum Cause {
    /** The count is below the threshold. */
    BELOW_THRESHOLD,
    /** Too few of the strangers are dark hosts: inside, and never heard of. */
    HOSTS_HEARD_OF,
    /** Too few of the hosts are strangers: the others have answered the source within 24 hours. */
    KNOWN_HOSTS,
    /** Too few hosts among the pairs. */
    FEW_HOSTS,
    /** Too few services among the pairs. */
    FEW_SERVICES,
    /** Too few ports below 1024 among the services. */
    FEW_PRIVILEGED_PORTS,
    /** One host has more than half of the pairs: that is a scan of this host, or none. */
    ONE_HOST,
    /** An open incident of the source has it already. */
    INCIDENT_OPEN,
    /** Nothing: the rule speaks with the next contact that counts. */
    NOTHING
  }
}
