package org.plmfrontier.fitting.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.analysis.LeftOutRows;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.curve.FinalPoint;
import org.plmfrontier.fitting.curve.StepThinning;
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
     * @param excluded the other rows
     */
    public record Finals(List<FinalPoint> points, ExcludedRows excluded) {
        public Finals {
            points = List.copyOf(points);
            Objects.requireNonNull(excluded, "excluded");
        }
    }

    /** The final losses by the rules by which a file is fitted without the service. */
    public Finals finals() {
        List<TableRow> rows = new ArrayList<>(kept);
        if (last != null) {
            rows.add(last);
        }
        TableStudy.Finals found = TableStudy.finals(new LossTable(rows, List.of(), hasFlops));
        long repeated = found.points().size()
                - found.points().stream()
                        .mapToDouble(FinalPoint::tokens)
                        .distinct()
                        .count();
        LeftOutRows thinned = new LeftOutRows(0, seen - rows.size());
        return new Finals(found.points(), new ExcludedRows(found.leftOut().plus(thinned), repeated));
    }
}
