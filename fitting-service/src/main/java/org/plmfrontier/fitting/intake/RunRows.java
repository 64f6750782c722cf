package org.plmfrontier.fitting.intake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.parametric.Observations;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.TableRow;

/** Collects the rows of one run and one N, ascending by D, in bounded memory. Not thread-safe. */
public final class RunRows {
    private final StepThinning thinning;
    private final boolean hasFlops;
    private final List<TableRow> kept = new ArrayList<>();
    private @Nullable TableRow last;
    private long seen;

    /**
     * No rows.
     *
     * @param thinning which rows of a long run are looked at
     * @param hasFlops whether the file has C
     */
    public RunRows(StepThinning thinning, boolean hasFlops) {
        this.thinning = thinning;
        this.hasFlops = hasFlops;
    }

    /** The next row. */
    public void add(TableRow row) {
        seen++;
        if (thinning.keeps(seen)) {
            kept.add(row);
            last = null;
        } else {
            last = row;
        }
    }

    /**
     * The rows that stand for final losses, and why others do not.
     *
     * @param points ascending by D
     * @param excluded one sentence per reason
     */
    public record Finals(List<FinalPoint> points, List<String> excluded) {}

    /** By the rules by which a file is fitted without the service. */
    public Finals finals() {
        List<TableRow> rows = new ArrayList<>(kept);
        if (last != null) {
            rows.add(last);
        }
        StudyData data = TableStudy.of(new LossTable(rows, List.of(), hasFlops));
        Observations observations = data.observations();
        List<FinalPoint> points = new ArrayList<>();
        for (int i = 0; i < observations.size(); i++) {
            double tokens = observations.tokens()[i];
            points.add(new FinalPoint(
                    tokens, tokens, flopsAt(rows, tokens), observations.lossNats()[i]));
        }
        List<String> excluded = new ArrayList<>(data.excluded());
        long repeated = points.size()
                - points.stream().mapToDouble(FinalPoint::tokens).distinct().count();
        if (repeated > 0) {
            excluded.add(repeated + " rows repeat the tokens of another row of the run, whose lowest loss counts");
        }
        return new Finals(points, excluded);
    }

    /** C at these tokens, linear between the rows around them. */
    private static double flopsAt(List<TableRow> rows, double tokens) {
        int right = 0;
        while (right < rows.size() - 1 && rows.get(right).tokens() < tokens) {
            right++;
        }
        TableRow late = rows.get(right);
        if (right == 0 || late.tokens() <= tokens) {
            return late.flops() * (tokens / late.tokens());
        }
        TableRow early = rows.get(right - 1);
        double share = (tokens - early.tokens()) / (late.tokens() - early.tokens());
        return early.flops() + share * (late.flops() - early.flops());
    }
}
