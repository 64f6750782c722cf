package org.plmfrontier.launcher.verification;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.plmfrontier.contracts.wire.WireFormat;

/**
 * What came of all predictions.
 *
 * @param verdicts in the order of the topic
 * @param repeated records of a run, stage and budget that was sealed before: they do not count
 * @param setApart records of the topic that are no predictions
 */
public record VerificationReport(List<Verdict> verdicts, long repeated, long setApart) {
    /** The JSON form. */
    private record Json(long agreed, long differing, long repeated, long setApart, List<Verdict> predictions) {}

    public VerificationReport {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether there is any prediction, and each agrees. */
    public boolean allAgree() {
        return !verdicts.isEmpty() && agreed() == verdicts.size();
    }

    private long agreed() {
        return verdicts.stream().filter(Verdict::agrees).count();
    }

    /** One JSON object. */
    public String json() {
        Json all = new Json(agreed(), verdicts.size() - agreed(), repeated, setApart, verdicts);
        return new String(WireFormat.encode(all), StandardCharsets.UTF_8) + "\n";
    }

    /** One line per prediction and what differs, then the sums. */
    public String text() {
        StringBuilder text = new StringBuilder();
        verdicts.forEach(verdict -> text.append(line(verdict)));
        text.append("%d predictions: %d agree, %d differ; %d repeated, %d records of the topic set apart%n"
                .formatted(verdicts.size(), agreed(), verdicts.size() - agreed(), repeated, setApart));
        return text.toString();
    }

    private static String line(Verdict verdict) {
        StringBuilder line = new StringBuilder("%s %s at %d %%, sealed %s: %s%n"
                .formatted(
                        verdict.study(),
                        verdict.run(),
                        verdict.stagePercent(),
                        verdict.at(),
                        verdict.agrees()
                                ? "agrees"
                                : verdict.sameVersion()
                                        ? "DIFFERS"
                                        : "DIFFERS, of another version (" + verdict.codeVersion() + ")"));
        verdict.differences().forEach(one -> line.append("    ").append(one).append(System.lineSeparator()));
        return line.toString();
    }
}
