package org.plmfrontier.launcher.verification;

import java.time.Instant;
import java.util.List;
import org.plmfrontier.contracts.builder.StagedBuilder;

/**
 * What came of one prediction when it was computed again.
 *
 * @param at when it was sealed
 * @param offset its place on the topic forecasts
 * @param codeVersion of the code that sealed it
 * @param sameVersion whether that is the code that computed it again
 * @param agrees whether both agree to the byte
 * @param differences where they do not, or why it cannot be computed again; empty where they agree
 */
@StagedBuilder
public record Verdict(
        String study,
        String run,
        int stagePercent,
        Instant at,
        long offset,
        String codeVersion,
        boolean sameVersion,
        boolean agrees,
        List<String> differences) {
    public Verdict {
        differences = List.copyOf(differences);
        if (agrees != differences.isEmpty()) {
            throw new IllegalArgumentException("agrees is " + agrees + " and differences are " + differences);
        }
    }
}
