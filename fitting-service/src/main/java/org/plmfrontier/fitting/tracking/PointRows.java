package org.plmfrontier.fitting.tracking;

import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.plmfrontier.fitting.table.Column;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.Interpretation;
import org.plmfrontier.fitting.table.KnownUnits;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.MetricName;
import org.plmfrontier.fitting.table.RowBuilder;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableRow;

/**
 * The points that one run logged, as rows.
 *
 * @param run its name
 * @param metric name of the scalar
 * @param hasFlops whether points come with their FLOPs
 * @param place of a point, without its ordinal, for example "a/events.out, record"
 */
public record PointRows(String run, String metric, boolean hasFlops, String place, RunSizes sizes, Points points)
        implements LossRows {

    /** Reads the points in the order in which they were logged, from the first. */
    @FunctionalInterface
    public interface Points {
        /**
         * Passes on each point.
         *
         * @param findings receives what cannot be read
         * @throws java.io.UncheckedIOException where a file cannot be read
         */
        void read(FindingLog findings, Consumer<LossPoint> points);
    }

    @Override
    public KnownUnits units() {
        return new KnownUnits(false, false, false, MetricName.saysUnit(metric), metric);
    }

    @Override
    public Interpretation interpretation() {
        return new Interpretation(
                place, "step", "'" + metric + "' in " + MetricName.unit(metric).label());
    }

    @Override
    public void read(FindingLog findings, Consumer<TableRow> rows) {
        RowBuilder builder = new RowBuilder(
                sizes,
                MetricName.unit(metric),
                findings,
                (ordinal, column) -> place + " " + ordinal + ", " + field(column));
        points.read(findings, point -> row(builder, point, rows));
    }

    private String field(Column column) {
        return column == Column.LOSS ? metric : column.label();
    }

    private void row(RowBuilder builder, LossPoint point, Consumer<TableRow> rows) {
        int ordinal = point.ordinal();
        OptionalDouble n = builder.parameters(ordinal, run);
        if (n.isEmpty()) {
            return;
        }
        OptionalDouble flops = point.flops().isPresent() ? point.flops() : builder.flops(run, point.step());
        OptionalDouble d = point.tokens().isPresent()
                ? builder.bounded(
                        Column.D, point.tokens(), String.valueOf(point.tokens().getAsDouble()), ordinal, run)
                : builder.tokens(ordinal, run, point.step(), n.getAsDouble(), flops);
        OptionalDouble value =
                Double.isFinite(point.value()) ? OptionalDouble.of(point.value()) : OptionalDouble.empty();
        OptionalDouble loss = builder.loss(value, String.valueOf(point.value()), ordinal, run);
        if (d.isPresent() && loss.isPresent()) {
            rows.accept(new TableRow(
                    ordinal,
                    run,
                    "",
                    new TableRow.Measured(n.getAsDouble(), d.getAsDouble(), flops, loss.getAsDouble()),
                    new TableRow.Training(
                            point.step(), point.learningRate(), OptionalDouble.empty(), OptionalDouble.empty())));
        }
    }
}
