package org.plmfrontier.fitting.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Column;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.Interpretation;
import org.plmfrontier.fitting.table.KnownUnits;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.MetricName;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableRow;

/** The losses of all runs at a path, one run behind the other. Holds no row. */
public final class TrackedRows implements LossRows {
    private final List<LossRows> parts;
    private final List<Finding> notes;
    private final Interpretation interpretation;
    private final String metric;
    private final boolean hasFlops;

    private TrackedRows(
            List<LossRows> parts, List<Finding> notes, Interpretation interpretation, String metric, boolean hasFlops) {
        this.parts = List.copyOf(parts);
        this.notes = List.copyOf(notes);
        this.interpretation = interpretation;
        this.metric = metric;
        this.hasFlops = hasFlops;
    }

    /**
     * Chooses the scalar and checks that sizes are known.
     *
     * @param tag name of the scalar; null where it is to be told by the names
     * @throws BadTableException where no scalar is the loss, or N or tokens of a run are not known
     */
    public static TrackedRows of(LogFormat format, LogFormat.Sources sources, @Nullable String tag, RunSizes sizes) {
        TreeSet<String> metrics = new TreeSet<>();
        sources.all().forEach(source -> metrics.addAll(source.metrics()));
        List<Finding> notes = new ArrayList<>(sources.notes());
        if (metrics.isEmpty()) {
            throw new BadTableException("the " + format.name() + " hold no scalar"
                    + notes.stream()
                            .map(Finding::sentence)
                            .map(why -> "; " + why)
                            .collect(Collectors.joining()));
        }
        MetricChoice choice = MetricChoice.of(metrics, tag);
        String metric = choice.metric();
        choice.note().ifPresent(notes::add);
        List<TrackedSource> taken = new ArrayList<>();
        for (TrackedSource source : sources.all()) {
            if (source.metrics().contains(metric)) {
                taken.add(source);
            } else {
                notes.add(without(source, metric));
            }
        }
        sizes.require(taken.stream().flatMap(source -> source.runs(metric).stream()), false, 0);
        sizes.require(
                taken.stream()
                        .filter(source -> !source.hasTokens() && !source.hasFlops())
                        .flatMap(source -> source.runs(metric).stream()),
                true,
                0);
        boolean tokens = taken.stream().allMatch(TrackedSource::hasTokens);
        if (sizes.sayTokens() && taken.stream().anyMatch(TrackedSource::hasTokens)) {
            notes.add(new Finding(
                    Finding.Kind.COLUMN_CHOSEN,
                    0,
                    Column.D.label(),
                    "",
                    "tokens are taken as they were logged, not those of the options"));
        }
        return new TrackedRows(
                taken.stream().map(source -> source.losses(metric, sizes)).toList(),
                notes,
                new Interpretation(
                        format.name(),
                        tokens ? "tokens as logged" : format.xAxis(),
                        "'" + metric + "' in " + MetricName.unit(metric).label()),
                metric,
                sizes.sayFlops() || taken.stream().anyMatch(TrackedSource::hasFlops));
    }

    @Override
    public boolean hasFlops() {
        return hasFlops;
    }

    @Override
    public KnownUnits units() {
        return new KnownUnits(false, false, false, MetricName.saysUnit(metric), metric);
    }

    @Override
    public Interpretation interpretation() {
        return interpretation;
    }

    @Override
    public void read(FindingLog findings, Consumer<TableRow> rows) {
        findings.addAll(notes);
        parts.forEach(part -> part.read(findings, rows));
    }

    private static Finding without(TrackedSource source, String metric) {
        String runs = MetricChoice.list(source.runs());
        String others = source.metrics().isEmpty()
                ? "it has no scalar at all"
                : "it has " + MetricChoice.list(source.metrics());
        return new Finding(
                Finding.Kind.SKIPPED_LINES,
                0,
                "",
                source.runs().size() == 1 ? source.runs().getFirst() : "",
                "run " + runs + " is left out, it has no '" + metric + "': " + others);
    }
}
