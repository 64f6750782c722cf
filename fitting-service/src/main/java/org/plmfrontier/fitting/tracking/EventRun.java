package org.plmfrontier.fitting.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.FindingLog;
import org.plmfrontier.fitting.table.LossRows;
import org.plmfrontier.fitting.table.RunSizes;

/**
 * The event files of one run: one for each time it was started, in the order of their names, which begin with the time.
 *
 * @param damage what cannot be read of them
 */
record EventRun(String name, List<Path> files, Set<String> metrics, List<Finding> damage) implements TrackedSource {
    EventRun {
        files = List.copyOf(files);
        metrics = Set.copyOf(metrics);
        damage = List.copyOf(damage);
    }

    /** Reads the names of the scalars. */
    static EventRun of(String name, List<Path> files) throws IOException {
        Set<String> tags = new TreeSet<>();
        List<Finding> damage = new ArrayList<>();
        for (Path file : files) {
            new EventFile(file).read(new EventFile.Events() {
                @Override
                public void scalar(int record, long step, String tag, double value) {
                    tags.add(tag);
                }

                @Override
                public void damage(int record, long offset, String what) {
                    if (damage.size() < FindingLog.LISTED) {
                        damage.add(new Finding(
                                Finding.Kind.SKIPPED_LINES,
                                record,
                                "",
                                name,
                                file + ", byte " + offset + " (record " + record + "): " + what));
                    }
                }
            });
        }
        return new EventRun(name, files, tags, damage);
    }

    @Override
    public List<String> runs() {
        return List.of(name);
    }

    @Override
    public LossRows losses(String metric, RunSizes sizes) {
        String place = RunName.last(files.getFirst()) + " of run " + name + ", record";
        return new PointRows(name, metric, false, place, sizes, (findings, points) -> read(metric, points));
    }

    private void read(String metric, Consumer<LossPoint> points) {
        int[] before = new int[1];
        for (Path file : files) {
            int[] last = new int[1];
            try {
                new EventFile(file).read(new EventFile.Events() {
                    @Override
                    public void scalar(int record, long step, String tag, double value) {
                        last[0] = record;
                        if (tag.equals(metric)) {
                            points.accept(LossPoint.of(before[0] + record, step, value));
                        }
                    }

                    @Override
                    public void damage(int record, long offset, String what) {
                        // said when the names of the scalars were read
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            before[0] += last[0];
        }
    }
}
