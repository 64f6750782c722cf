package org.plmfrontier.fitting.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

class RecentFitsTest {
    private final Studies studies = new Studies(StepThinning.USUAL);
    private final RecentFits fits = new RecentFits(2);

    @Test
    void theFitThatWasAskedForLongestAgoIsLetGo() {
        fits.keep(fit("a"));
        fits.keep(fit("b"));
        assertThat(fits.find("a")).isPresent();
        fits.keep(fit("c"));
        assertThat(fits.find("b")).isEmpty();
        assertThat(fits.find("a")).isPresent();
        assertThat(fits.find("c")).isPresent();
    }

    @Test
    void aFitOfAnEarlierStateDoesNotReplaceALaterOne() {
        List<TrainingEvent> training = PlantedStudy.ofSix("a", 60, 3).training();
        StudyFit early = fit("a");
        studies.add(training);
        StudyFit late = fit("a");
        assertThat(late.study().revision()).isGreaterThan(early.study().revision());
        assertThat(fits.keep(late)).isSameAs(late);
        assertThat(fits.keep(early)).isSameAs(late);
        assertThat(fits.find("a")).containsSame(late);
    }

    @Test
    void keepsAtLeastOne() {
        assertThatThrownBy(() -> new RecentFits(0))
                .hasMessageContaining("at least 1")
                .hasMessageContaining("0");
    }

    private StudyFit fit(String id) {
        if (studies.find(id).isEmpty()) {
            studies.add(PlantedStudy.ofSix(id, 60, 3).plans());
        }
        Study study = studies.find(id).orElseThrow();
        return new StudyFit(study, Map.of(), Map.of(), new Bootstrap(20, 0.95, 1), Optional.empty());
    }
}
