package org.plmfrontier.launcher.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.table.RunSize;

class RunPatternTest {
    @Test
    void groupsOfTheNameAreSizes() {
        RunPattern pattern = RunPattern.parse("(?<parameters>[0-9.]+[MB])-.*");
        assertThat(pattern.of("650M-lr1e-3").parameters()).hasValue(650e6);
        assertThat(pattern.of("1.2B-x"))
                .isEqualTo(new RunSize(OptionalDouble.of(1.2e9), OptionalDouble.empty(), OptionalDouble.empty()));
        assertThat(pattern.of("baseline")).isEqualTo(RunSize.UNKNOWN);
        assertThat(pattern.sayParameters()).isTrue();
        assertThat(pattern.sayTokens()).isFalse();
    }

    @Test
    void bothWaysToNameAGroupAreTakenAndOneMayBeAbsent() {
        RunPattern pattern = RunPattern.parse("n(?P<parameters>\\d+)(?:-b(?<tokensPerStep>\\d+k?))?");
        assertThat(pattern.of("n1000000-b512k").tokensPerStep()).hasValue(512e3);
        assertThat(pattern.of("n1000000").tokensPerStep()).isEmpty();
        assertThat(pattern.of("n1000000").parameters()).hasValue(1e6);
    }

    @Test
    void whatIsNoPatternIsRefusedByTheOptionsName() {
        assertThatThrownBy(() -> RunPattern.parse("(?<parameters>[0-9"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--run-pattern is no regular expression of RE2 syntax");
        assertThatThrownBy(() -> RunPattern.parse("(\\d+)M")).hasMessageContaining("has no group");
        assertThatThrownBy(() -> RunPattern.parse("(?<parameters>\\d+)(?<tokens>x)"))
                .hasMessageContaining("a group 'tokens', which means nothing");
        assertThatThrownBy(() -> RunPattern.parse("x".repeat(1001))).hasMessageContaining("at most 1000");
        assertThatThrownBy(() -> RunPattern.parse("(?<parameters>[a-z]+)").of("abc"))
                .hasMessage("--run-pattern, run 'abc', group parameters: 'abc' is not a positive number such as 650M,"
                        + " 1.2B or 1048576");
    }

    @Test
    void itsTimeIsLinearInTheName() {
        RunPattern pattern = RunPattern.parse("(a+)+b(?<parameters>\\d+)");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(pattern.of("a".repeat(2000))).isEqualTo(RunSize.UNKNOWN));
    }
}
