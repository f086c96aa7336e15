package io.github.sweepwatch.detect.network;

import java.util.List;
import java.util.Locale;

/**
 * The figures over several networks.
 *
 * @param name whose
 * @param scores what was made of each network
 * @param scans how many scans there were
 * @param found how many were found
 * @param exact how many of them with the exact type
 * @param connections the median of connections until detection
 * @param incidents the mean of incidents a found scan
 * @param benign how many everyday sources there were
 * @param accused how many of them were accused
 * @param notScans how many floods and the like were flagged
 * @param decoys how many decoys were raised as scanners
 */
record Figures(
    String name,
    List<Score> scores,
    int scans,
    int found,
    int exact,
    int connections,
    double incidents,
    int benign,
    long accused,
    int notScans,
    int decoys) {

  static Figures of(String name, List<Score> scores) {
    List<Score.Found> scans = scores.stream().flatMap(score -> score.scans.stream()).toList();
    List<Score.Found> found = scans.stream().filter(Score.Found::found).toList();
    List<Integer> connections = found.stream().map(Score.Found::connections).sorted().toList();
    return new Figures(
        name,
        List.copyOf(scores),
        scans.size(),
        found.size(),
        (int) found.stream().filter(Score.Found::exact).count(),
        connections.isEmpty() ? 0 : connections.get(connections.size() / 2),
        found.stream().mapToInt(Score.Found::incidents).average().orElse(0),
        scores.stream().mapToInt(score -> score.benign).sum(),
        scores.stream().mapToLong(Score::accusedSources).sum(),
        scores.stream().mapToInt(score -> score.notScans.size()).sum(),
        scores.stream().mapToInt(score -> score.decoysRaised.size()).sum());
  }

  /** The figures, and under them every scan and everyone accused. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(4_000);
    text.append(
        String.format(
            Locale.ROOT,
            "== %s: %d of %d scans found, %d exact, median %d connections, %.2f incidents a scan;"
                + " %d of %d benign sources accused, %d not-scans flagged, %d decoys raised%n",
            name,
            found,
            scans,
            exact,
            connections,
            incidents,
            accused,
            benign,
            notScans,
            decoys));
    for (Score score : scores) {
      text.append("-- ").append(score.network).append('\n');
      for (Score.Found scan : score.scans) {
        text.append(
            String.format(
                Locale.ROOT,
                "   %-6s %-36s %-23s %5d connections, %d incidents %s%n",
                scan.found() ? scan.exact() ? "exact" : "found" : "MISSED",
                scan.label().name(),
                scan.label().expected(),
                scan.connections(),
                scan.incidents(),
                scan.account()));
      }
      score.notScans.forEach(it -> text.append("   NOT A SCAN ").append(it).append('\n'));
      score.accused.forEach(
          (key, sources) ->
              text.append("   ACCUSED ")
                  .append(sources.size())
                  .append(' ')
                  .append(key)
                  .append(' ')
                  .append(sources.iterator().next())
                  .append('\n'));
      if (!score.decoysRaised.isEmpty()) {
        text.append("   DECOYS ").append(score.decoysRaised).append('\n');
      }
      if (score.authorised > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "   authorised: %d of %d recorded, %d alerted%n",
                score.authorisedRecorded,
                score.authorised,
                score.authorisedAlerted));
      }
    }
    return text.toString();
  }
}
