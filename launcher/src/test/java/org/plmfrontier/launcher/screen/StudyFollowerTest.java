package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.plmfrontier.launcher.study.RunView;
import org.plmfrontier.launcher.study.StudyView;

class StudyFollowerTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final ManualClock clock = new ManualClock();

    @Test
    void aPlainStreamGetsALineEveryTenSecondsAndOneAtTheEnd() {
        StudyFollower follower = new StudyFollower(new Terminal(out, false), clock);
        for (int second = 0; second <= 20; second++) {
            follower.look(study(second * 1e9, second == 20 ? "COMPLETED" : "TRAINING"));
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(text().lines()).hasSize(3).noneMatch(line -> line.contains("\u001b"));
        assertThat(text().lines().toList().get(1)).contains("11.0G of 40.0GFLOPs", "0:29 min left");
    }

    @Test
    void aTerminalIsRedrawnInPlaceWithALinePerRun() {
        StudyFollower follower = new StudyFollower(new Terminal(out, true), clock);
        follower.look(study(1e9, "TRAINING"));
        clock.advance(Duration.ofSeconds(1));
        follower.look(study(2e9, "TRAINING"));
        assertThat(text()).contains("\u001b[2A\u001b[J");
        assertThat(text().lines().filter(line -> line.contains("27k"))).hasSize(2);
        assertThat(text()).contains("loss 2.875", "held-out   -  ");
    }

    @Test
    void aStudyNobodyHasHeardOfDrawsNothing() {
        new StudyFollower(new Terminal(out, false), clock).look(new StudyView("s", List.of(), 0, 0, false));
        assertThat(text()).isEmpty();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static StudyView study(double done, String state) {
        RunView run = new RunView(
                "s-0",
                "27k",
                27_456,
                state,
                1e5,
                done,
                4e10,
                OptionalDouble.of(2.875),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                55_000,
                "NOT_YET",
                "");
        return new StudyView("s", List.of(run), 4e10, done, true);
    }

    private static final class ManualClock extends Clock {
        private Instant now = Instant.EPOCH;

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
