package org.plmfrontier.launcher.fit;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.Interpretation;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.TableReader;
import org.plmfrontier.fitting.table.TableRow;

/**
 * What was understood of a file of losses, before anything is made of it.
 *
 * @param runs in the order in which they come, a bounded number of them
 * @param moreRuns whether there are more
 * @param points of all runs
 * @param findings what was left out, and why
 * @param checked whether the rows were looked at by run, as a fit does; larger files are not, the service does it
 */
public record FileOverview(
        Interpretation interpretation,
        List<Run> runs,
        boolean moreRuns,
        long points,
        List<Finding> findings,
        boolean checked) {
    /** Rows that are held in memory to look at them by run. */
    static final int MOST_ROWS = 1_000_000;

    private static final int MOST_LINES = 20;
    private static final int LONGEST_NAME = 40;

    /**
     * One run.
     *
     * @param parameters N
     * @param tokens the largest D
     * @param first loss at the smallest D, nats
     * @param last loss at the largest D, nats
     */
    public record Run(String name, double parameters, double tokens, long points, double first, double last) {}

    public FileOverview {
        runs = List.copyOf(runs);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a file.
     *
     * @throws BadInputException where it is no table of losses, or holds no usable row
     */
    public static FileOverview of(LossFile file) throws BadInputException {
        return of(file, MOST_ROWS);
    }

    static FileOverview of(LossFile file, int mostRows) throws BadInputException {
        LossRows rows = file.rows();
        FindingLog log = new FindingLog();
        List<TableRow> held = new ArrayList<>();
        boolean[] tooMany = new boolean[1];
        RunSums unchecked = new RunSums();
        try {
            rows.read(log, row -> {
                unchecked.add(row);
                tooMany[0] |= held.size() == mostRows;
                if (tooMany[0]) {
                    held.clear();
                } else {
                    held.add(row);
                }
            });
        } catch (UncheckedIOException e) {
            throw new BadInputException(file.file() + " cannot be read: " + e.getMessage(), e);
        }
        boolean checked = !tooMany[0];
        RunSums sums = checked ? new RunSums() : unchecked;
        if (checked) {
            TableReader.checked(held, rows, log).rows().forEach(sums::add);
        }
        if (sums.points() == 0) {
            throw FileFit.unusable(file, log.list(), null);
        }
        return new FileOverview(rows.interpretation(), sums.runs(), sums.hasMore(), sums.points(), log.list(), checked);
    }

    /** For people: at most {@value #MOST_LINES} runs and findings, and how many more there are. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("format: ").append(interpretation.format()).append('\n');
        text.append("x axis: ").append(interpretation.xAxis()).append('\n');
        text.append("loss:   ").append(interpretation.metric()).append('\n');
        text.append(String.format(
                Locale.ROOT, "runs:   %s%,d, points: %,d%n", moreRuns ? "more than " : "", runs.size(), points));
        text.append(String.format(
                Locale.ROOT,
                "  %-40s %10s %10s %9s %10s %10s%n",
                "run",
                "N",
                "tokens",
                "points",
                "first loss",
                "last loss"));
        runs.stream().limit(MOST_LINES).map(FileOverview::line).forEach(text::append);
        if (runs.size() > MOST_LINES) {
            text.append(String.format(Locale.ROOT, "  and %,d more runs%n", runs.size() - MOST_LINES));
        }
        appendFindings(text);
        if (!checked) {
            text.append(String.format(
                    Locale.ROOT,
                    "the file has more than %,d rows and is not looked at by run here; the service tells what it leaves"
                            + " out%n",
                    MOST_ROWS));
        }
        return text.toString();
    }

    private void appendFindings(StringBuilder text) {
        if (findings.isEmpty()) {
            text.append("left out: nothing\n");
            return;
        }
        boolean all = findings.stream()
                .noneMatch(finding -> finding.kind().setsApart() || finding.kind() == Finding.Kind.SKIPPED_LINES);
        text.append(all ? "left out: nothing; to know:\n" : "left out, and to know:\n");
        findings.stream()
                .limit(MOST_LINES)
                .forEach(finding -> text.append("  ")
                        .append(finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append(": ")
                        .append(finding.sentence())
                        .append('\n'));
        if (findings.size() > MOST_LINES) {
            text.append("  and ").append(findings.size() - MOST_LINES).append(" more\n");
        }
    }

    private static String line(Run run) {
        String name =
                run.name().length() > LONGEST_NAME ? run.name().substring(0, LONGEST_NAME - 3) + "..." : run.name();
        return String.format(
                Locale.ROOT,
                "  %-40s %10.4g %10.4g %,9d %10.4f %10.4f%n",
                name,
                run.parameters(),
                run.tokens(),
                run.points(),
                run.first(),
                run.last());
    }
}
