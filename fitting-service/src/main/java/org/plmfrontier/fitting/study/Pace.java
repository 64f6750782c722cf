package org.plmfrontier.fitting.study;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast a study spends its FLOPs, over the last minutes by the events' own clock. Immutable; at most
 * {@value #MOST_MARKS} marks.
 */
public record Pace(List<Mark> marks) {
    /** Nothing seen. */
    public static final Pace UNKNOWN = new Pace(List.of());

    private static final int MOST_MARKS = 64;
    private static final Duration WINDOW = Duration.ofMinutes(3);
    private static final Duration SPACING = Duration.ofSeconds(3);

    /** The study had spent so many FLOPs at this moment. */
    public record Mark(Instant at, double doneFlops) {}

    public Pace {
        marks = List.copyOf(marks);
    }

    /** With a further mark; one that is not later than the last is left out, one too close replaces it. */
    Pace plus(Mark mark) {
        if (!marks.isEmpty() && !mark.at().isAfter(marks.getLast().at())) {
            return this;
        }
        List<Mark> more = new ArrayList<>(marks);
        if (more.size() > 1 && mark.at().isBefore(more.get(more.size() - 2).at().plus(SPACING))) {
            more.removeLast();
        }
        more.add(mark);
        Instant oldest = mark.at().minus(WINDOW);
        while (more.size() > MOST_MARKS || (more.size() > 2 && more.get(1).at().isBefore(oldest))) {
            more.removeFirst();
        }
        return new Pace(more);
    }

    /** FLOPs per second; unknown before time has passed. */
    public Optional<Double> flopsPerSecond() {
        if (marks.size() < 2) {
            return Optional.empty();
        }
        double seconds =
                Duration.between(marks.getFirst().at(), marks.getLast().at()).toNanos() / 1e9;
        double flops = marks.getLast().doneFlops() - marks.getFirst().doneFlops();
        return flops > 0 ? Optional.of(flops / seconds) : Optional.empty();
    }
}
