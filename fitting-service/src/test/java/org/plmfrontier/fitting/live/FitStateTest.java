package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.live.RefitPolicy.LastFit;

class FitStateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration TOOK = Duration.ofSeconds(3);

    @Test
    void aFitThatIsPublishedIsKnownByItsRevision() {
        FitState.Fitting fitting = FitState.Due.FIRST.begin(7, NOW);
        assertThat(fitting.wasFitted()).isFalse();
        assertThat(fitting.last()).contains(new LastFit(7, NOW, Duration.ZERO));
        FitState.Unpublished unpublished = fitting.fitted(TOOK);
        assertThat(unpublished.wasFitted()).isTrue();
        FitState.Published published = unpublished.published();
        assertThat(published.last()).contains(new LastFit(7, NOW, TOOK));
        assertThat(published.failure()).isEmpty();
    }

    @Test
    void aFitThatIsNotPublishedIsDueByThePolicyAndNotAtOnce() {
        FitState.Unpublished unpublished = FitState.Due.FIRST.begin(7, NOW).fitted(TOOK);
        RefitPolicy policy = new RefitPolicy(Duration.ofSeconds(2), 1);
        assertThat(policy.wait(7, unpublished.last(), NOW)).contains(TOOK);
        assertThat(policy.wait(7, unpublished.published().last(), NOW)).isEmpty();
    }

    @Test
    void aFailureIsKnownUntilTheNextFitEndsAndAnEarlierFitStaysKnown() {
        FitState.Failed first = FitState.Due.FIRST.begin(1, NOW).failed("no number");
        assertThat(first.wasFitted()).isFalse();
        FitState.Fitting again = first.begin(2, NOW);
        assertThat(again.failure()).contains("no number");
        FitState.Failed second = again.fitted(TOOK).published().begin(3, NOW).failed("another");
        assertThat(second.wasFitted()).isTrue();
        assertThat(second.failure()).contains("another");
        assertThat(second.begin(4, NOW).fitted(TOOK).failure()).isEmpty();
    }

    @Test
    void whatIsDueOrAbandonedIsFittedAtOnce() {
        FitState.Fitting fitting = FitState.Due.FIRST.begin(1, NOW);
        assertThat(fitting.abandoned().last()).isEmpty();
        assertThat(fitting.fitted(TOOK).published().due()).isEqualTo(new FitState.Due(true, Optional.empty()));
    }

    /** Transitions are methods, so the methods of the states are the diagram. */
    @Test
    void noStateHasATransitionThatTheDiagramLacks() {
        Map<Class<?>, Set<String>> legal = Map.of(
                FitState.Due.class, Set.of("begin", "due"),
                FitState.Fitting.class, Set.of("fitted", "failed", "abandoned", "due"),
                FitState.Unpublished.class, Set.of("published", "begin", "due"),
                FitState.Published.class, Set.of("begin", "due"),
                FitState.Failed.class, Set.of("begin", "due"));
        legal.forEach((state, names) ->
                assertThat(transitions(state)).as(state.getSimpleName()).isEqualTo(names));
    }

    private static Set<String> transitions(Class<?> state) {
        return java.util.stream.Stream.concat(
                        Arrays.stream(state.getMethods()), Arrays.stream(state.getDeclaredMethods()))
                .filter(method -> FitState.class.isAssignableFrom(method.getReturnType()))
                .map(java.lang.reflect.Method::getName)
                .collect(Collectors.toSet());
    }
}
