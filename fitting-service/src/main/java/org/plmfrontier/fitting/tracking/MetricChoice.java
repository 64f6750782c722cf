package org.plmfrontier.fitting.tracking;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.fitting.table.BadTableException;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.MetricName;

/**
 * Which of the logged scalars is the loss.
 *
 * @param metric its name
 * @param note what else there was to choose; empty where nothing else answers
 */
record MetricChoice(String metric, Optional<Finding> note) {
    private static final int SHOWN = 40;

    /**
     * The one that was asked for; else the only one; else the only one with "loss" in its name; else, of several of those, the
     * best by the order that tables have for their columns, held-out before training.
     *
     * @param wanted null where none was asked for
     * @throws BadTableException listing the names where none can be told
     */
    static MetricChoice of(Collection<String> names, @Nullable String wanted) {
        SortedSet<String> all = new TreeSet<>(names);
        if (wanted != null) {
            return new MetricChoice(named(all, wanted), Optional.empty());
        }
        if (all.size() == 1) {
            return new MetricChoice(all.getFirst(), Optional.empty());
        }
        List<String> losses = all.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("loss"))
                .toList();
        if (losses.size() == 1) {
            return new MetricChoice(losses.getFirst(), Optional.empty());
        }
        OptionalInt best = losses.stream()
                .map(MetricName::rank)
                .flatMapToInt(OptionalInt::stream)
                .min();
        List<String> first = losses.stream()
                .filter(name -> best.isPresent() && MetricName.rank(name).equals(best))
                .toList();
        if (first.size() != 1) {
            throw new BadTableException((losses.isEmpty()
                            ? "none of the scalars has 'loss' in its name"
                            : "several scalars may be the loss")
                    + "; say which with --tag, of " + list(all));
        }
        String taken = first.getFirst();
        String others = losses.stream().filter(name -> !name.equals(taken)).collect(Collectors.joining(", "));
        return new MetricChoice(
                taken,
                Optional.of(new Finding(
                        Finding.Kind.COLUMN_CHOSEN,
                        0,
                        "loss",
                        "",
                        "'" + taken + "' is taken as loss; there are " + others + " too: choose with --tag")));
    }

    /** At most so many names that an error stays readable. */
    static String list(Collection<String> names) {
        String shown = names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
    }

    /** The name as it stands, else but for its case and for slashes, which file names have as underscores. */
    private static String named(SortedSet<String> all, String wanted) {
        if (all.contains(wanted)) {
            return wanted;
        }
        List<String> near =
                all.stream().filter(name -> plain(name).equals(plain(wanted))).toList();
        if (near.size() != 1) {
            throw new BadTableException(
                    "there is no scalar '" + wanted + "'; there are " + (all.isEmpty() ? "none" : list(all)));
        }
        return near.getFirst();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}.-]", "_");
    }
}
