package org.plmfrontier.fitting.publication;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plmfrontier.fitting.intake.ImportStore.Findings;
import org.plmfrontier.fitting.table.Finding;

/**
 * What was found wrong with an imported file.
 *
 * @param total all findings
 * @param counts by kind, ascending by name
 * @param findings the first ones, in the file's order
 */
public record FindingView(String study, long total, Map<String, Long> counts, List<Line> findings) {

    /**
     * One finding.
     *
     * @param row line of the file; the header is line 1
     * @param field column; empty where it is about no single one
     * @param run name of the run; empty where unknown
     * @param setApart whether rows did not enter because of it
     */
    public record Line(String kind, int row, String field, String run, String sentence, boolean setApart) {
        static Line of(Finding finding) {
            return new Line(
                    finding.kind().name(),
                    finding.line(),
                    finding.column(),
                    finding.run(),
                    finding.sentence(),
                    finding.kind().setsApart());
        }
    }

    public static FindingView of(String study, Findings found) {
        Map<String, Long> counts = new TreeMap<>();
        found.counts().forEach((kind, count) -> counts.put(kind.name(), count));
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        return new FindingView(
                study, total, counts, found.first().stream().map(Line::of).toList());
    }
}
