package org.plmfrontier.launcher.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plmfrontier.fitting.table.TableRow;

/** What the rows of a file hold of each run, of a bounded number of runs. Not thread-safe. */
final class RunSums {
    /** More runs are not told apart: a file without a column for them may have a run per row. */
    static final int MOST = 100_000;

    private record Key(String group, String run) {}

    /** A run so far. */
    private static final class Sum {
        private final TableRow any;
        private long points;
        private double least = Double.POSITIVE_INFINITY;
        private double most = Double.NEGATIVE_INFINITY;
        private double first;
        private double last;

        Sum(TableRow any) {
            this.any = any;
        }

        void add(TableRow row) {
            points++;
            if (row.tokens() < least) {
                least = row.tokens();
                first = row.lossNats();
            }
            if (row.tokens() >= most) {
                most = row.tokens();
                last = row.lossNats();
            }
        }

        FileOverview.Run run() {
            String name = any.run() + (any.group().isEmpty() ? "" : " [" + any.group() + "]");
            return new FileOverview.Run(name, any.parameters(), most, points, first, last);
        }
    }

    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private long points;
    private boolean more;

    void add(TableRow row) {
        points++;
        Key key = new Key(row.group(), row.run());
        Sum known = sums.get(key);
        if (known != null) {
            known.add(row);
        } else if (sums.size() < MOST) {
            Sum first = new Sum(row);
            first.add(row);
            sums.put(key, first);
        } else {
            more = true;
        }
    }

    /** In the order in which they came. */
    List<FileOverview.Run> runs() {
        return sums.values().stream().map(Sum::run).toList();
    }

    /** All rows, those of runs that are not told apart included. */
    long points() {
        return points;
    }

    /** Whether there are more runs than {@link #runs()}. */
    boolean hasMore() {
        return more;
    }
}
