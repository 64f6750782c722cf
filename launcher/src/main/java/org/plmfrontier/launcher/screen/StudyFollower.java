package org.plmfrontier.launcher.screen;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plmfrontier.launcher.study.StudyView;

/**
 * Draws a study as it goes on and estimates the time left from the FLOPs of the last half minute. On a plain stream a
 * line is printed at most every ten seconds.
 */
public final class StudyFollower {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(10);

    private record Look(Instant at, double flops) {}

    private final Terminal terminal;
    private final Clock clock;
    private final Instant start;
    private final Deque<Look> looks = new ArrayDeque<>();
    private Instant lastDrawn = Instant.MIN;

    public StudyFollower(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Takes one look at the study. */
    public void look(StudyView study) {
        Instant now = clock.instant();
        looks.addLast(new Look(now, study.doneFlops()));
        while (Duration.between(looks.getFirst().at(), now).compareTo(WINDOW) > 0) {
            looks.removeFirst();
        }
        boolean settled = study.isOver() && study.fitIsCurrent();
        boolean due = terminal.isInteractive() || settled || lastDrawn.isBefore(now.minus(PLAIN_PAUSE));
        if (due && !study.runs().isEmpty()) {
            lastDrawn = now;
            terminal.live(StudyScreen.lines(study, Optional.of(Duration.between(start, now)), rate()));
        }
    }

    /** FLOPs per second over the window, absent as long as nothing was done in it. */
    private OptionalDouble rate() {
        Look first = looks.getFirst();
        Look last = looks.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1000.0;
        double flops = last.flops() - first.flops();
        return seconds > 0 && flops > 0 ? OptionalDouble.of(flops / seconds) : OptionalDouble.empty();
    }
}
