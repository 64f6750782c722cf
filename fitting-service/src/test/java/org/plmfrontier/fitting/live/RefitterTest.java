package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.frontier.Frontier;
import org.plmfrontier.fitting.live.Refitter.Refitted;
import org.plmfrontier.fitting.publication.FrontierView;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.MemoryStore;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;
import org.plmfrontier.fitting.study.StudyArchive;

class RefitterTest {
    private static final FitSettings SETTINGS = new FitSettings(Stiffness.crossValidated(), new Bootstrap(20, 0.95, 1));

    private final Studies studies = new Studies(StepThinning.USUAL);
    private final MemoryStore store = new MemoryStore();
    private final List<Refitted> told = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final Refitter refitter = refitter(8);

    @Test
    void fitsOnceAndThenOnlyWhatChanged() {
        PlantedStudy planted = PlantedStudy.ofSix("planted", 60, 3);
        List<TrainingEvent> training = planted.training();
        studies.add(planted.plans());
        studies.add(training.subList(0, training.size() / 2));
        refitter.refitDue();
        refitter.refitDue();
        assertThat(told).hasSize(1);

        studies.add(training.subList(training.size() / 2, training.size()));
        assertThat(refitter.refitDue()).isEqualTo(Duration.ofMillis(500));
        assertThat(told).hasSize(1);

        now = now.plusSeconds(2);
        refitter.refitDue();
        assertThat(told).hasSize(2);
        assertThat(fit("planted").study().revision())
                .isEqualTo(studies.find("planted").orElseThrow().revision());
    }

    @Test
    void findsExponentsNearThePlantedOnesWithSixRuns() {
        studies.add(PlantedStudy.ofSix("planted", 300, 3).all());
        refitter.refitDue();
        StudyFit fit = fit("planted");
        double a = frontier(fit).result().orElseThrow().a().value();
        double b = frontier(fit).result().orElseThrow().b().value();
        assertThat(a).isBetween(0.2, 0.8);
        assertThat(b).isBetween(0.2, 0.9);
        assertThat(fit.runs())
                .hasSize(6)
                .allSatisfy((id, run) -> assertThat(run.verdict().reason()).isNotBlank());
    }

    @Test
    void anInterruptedFitIsGivenUpAndNothingOfItIsKeptOrTold() {
        studies.add(PlantedStudy.ofSix("planted", 60, 3).all());
        Thread.currentThread().interrupt();
        assertThatThrownBy(refitter::refitDue).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).isEmpty();
        assertThat(refitter.fit(studies.find("planted").orElseThrow())).isEmpty();
        now = now.plusSeconds(10);
        studies.add(PlantedStudy.ofSix("other", 60, 3).all());
        refitter.refitDue();
        assertThat(told).extracting(fit -> fit.fit().study().id()).contains("other");
    }

    @Test
    void aForgottenStudyIsToldOfNoMoreAndAnotherOneOfItsIdFromTheBeginning() {
        studies.add(PlantedStudy.ofSix("planted", 60, 3).all());
        refitter.refitDue();
        assertThat(told).hasSize(1);
        AtomicBoolean removed = new AtomicBoolean();
        refitter.forget("planted", () -> removed.set(true));
        assertThat(removed).isTrue();
        assertThat(refitter.fit(studies.find("planted").orElseThrow())).isEmpty();
        now = now.plusSeconds(10);
        refitter.refitDue();
        assertThat(told).hasSize(2);
    }

    @Test
    void saysWhyItCannotFitASingleRun() {
        studies.add(PlantedStudy.ofMany("alone", 1, 60, 3).all());
        refitter.refitDue();
        assertThat(frontier(fit("alone"))).isInstanceOf(FitOutcome.NotIdentifiable.class);
    }

    @Test
    void unchangedRunsKeepTheirFit() {
        PlantedStudy planted = PlantedStudy.ofSix("planted", 60, 3);
        studies.add(planted.plans());
        List<TrainingEvent> first = planted.training().stream()
                .filter(event -> !event.runId().equals("planted-5"))
                .toList();
        studies.add(first);
        refitter.refitDue();
        RunFit before = fit("planted").runs().get("planted-0");
        studies.add(planted.training());
        now = now.plusSeconds(10);
        refitter.refitDue();
        assertThat(fit("planted").runs().get("planted-0")).isSameAs(before);
    }

    @Test
    void aFitThatWasLetGoIsMadeAgainWhenAskedFor() {
        Refitter forgetful = refitter(1);
        studies.add(PlantedStudy.ofSix("one", 60, 3).all());
        studies.add(PlantedStudy.ofSix("two", 60, 4).all());
        forgetful.refitDue();
        assertThat(told).hasSize(2);
        StudyFit first = told.get(0).fit();

        StudyFit again = forgetful.fit(study("one")).orElseThrow();
        assertThat(again).isNotSameAs(first);
        assertThat(WireFormat.encode(FrontierView.of(again))).isEqualTo(WireFormat.encode(FrontierView.of(first)));
        assertThat(forgetful.fit(study("one"))).containsSame(again);
        assertThat(forgetful.fit(study("two")).orElseThrow())
                .isNotSameAs(told.get(1).fit());

        forgetful.refitDue();
        assertThat(told).hasSize(2);
    }

    @Test
    void aStudyThatIsOverRestsWhenItsFitIsLetGoAndIsAnsweredAsBefore() {
        Refitter forgetful = refitter(1);
        for (String id : List.of("one", "two")) {
            List<TrainingEvent> events = PlantedStudy.ofSix(id, 60, 3).all();
            store.keep(events);
            studies.add(events);
        }
        forgetful.refitDue();
        forgetful.refitDue();
        assertThat(study("one").isEvicted()).isTrue();
        assertThat(study("two").isEvicted()).isFalse();

        Study loaded = forgetful.loaded(study("one"));
        assertThat(loaded.knownRuns().getFirst().curve().size()).isEqualTo(60);
        StudyFit again = forgetful.fit(study("one")).orElseThrow();
        assertThat(again.study()).isSameAs(loaded);
        assertThat(WireFormat.encode(FrontierView.of(again)))
                .isEqualTo(WireFormat.encode(FrontierView.of(told.get(0).fit())));

        forgetful.refitDue();
        assertThat(study("two").isEvicted()).isTrue();
        assertThat(told).hasSize(2);
    }

    @Test
    void aStudyAtRestThatGoesOnIsFittedAgain() {
        Refitter forgetful = refitter(1);
        PlantedStudy one = PlantedStudy.ofSix("one", 60, 3);
        store.keep(one.all());
        studies.add(one.all());
        studies.add(PlantedStudy.ofSix("two", 60, 4).all());
        forgetful.refitDue();
        forgetful.refitDue();
        new StudyArchive(studies, store).reload(Set.of("one"));
        studies.add(one.all());
        now = now.plusSeconds(2);
        forgetful.refitDue();
        assertThat(told).hasSize(3);
        assertThat(study("one").isEvicted()).isFalse();
    }

    @Test
    void aFitThatCouldNotBeToldIsToldAgainThoughNothingChanged() {
        studies.add(PlantedStudy.ofSix("planted", 60, 3).all());
        AtomicBoolean brokerIsAway = new AtomicBoolean(true);
        Refitter published = new Refitter(
                studies,
                new StudyArchive(studies, store),
                new RefitSettings(() -> new RefitPolicy(Duration.ofSeconds(2), 0.5), SETTINGS, 8),
                () -> now,
                refitted -> {
                    if (brokerIsAway.get()) {
                        throw new IllegalStateException("no broker");
                    }
                    told.add(refitted);
                });
        assertThatThrownBy(published::refitDue).hasMessage("no broker");
        assertThat(published.fit(study("planted"))).isPresent();
        published.refitDue();
        assertThat(told).isEmpty();

        brokerIsAway.set(false);
        now = now.plusSeconds(2);
        published.refitDue();
        now = now.plusSeconds(2);
        published.refitDue();
        assertThat(told).hasSize(1);
    }

    @Test
    void aStudyThatWasNeverFittedHasNoFit() {
        studies.add(PlantedStudy.ofSix("planted", 60, 3).all());
        assertThat(refitter.fit(study("planted"))).isEmpty();
        assertThat(refitter.fitOf(study("planted")).families()).isEmpty();
    }

    private Refitter refitter(int keep) {
        return new Refitter(
                studies,
                new StudyArchive(studies, store),
                new RefitSettings(() -> new RefitPolicy(Duration.ofSeconds(2), 0.5), SETTINGS, keep),
                () -> now,
                told::add);
    }

    private Study study(String id) {
        return studies.find(id).orElseThrow();
    }

    private StudyFit fit(String id) {
        return refitter.fit(study(id)).orElseThrow();
    }

    private static FitOutcome<Frontier> frontier(StudyFit fit) {
        return fit.onlyFamily()
                .orElseThrow()
                .fit(Method.A1)
                .map(found -> found.frontier().orElseThrow());
    }
}
