package org.plmfrontier.fitting.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.curve.Stiffness;
import org.plmfrontier.fitting.live.FitSettings;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.study.EventCounters;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

class RecentStudiesTest {
    private final Studies studies = new Studies(StepThinning.USUAL);
    private final RecentStudies recent = new RecentStudies(2);

    @Test
    void aStudyThatChangesComesBack() {
        for (String id : List.of("a", "b", "c")) {
            studies.add(PlantedStudy.ofSix(id, 60, 3).plans());
            recent.of(studies.all());
        }
        assertThat(ids()).containsExactly("b", "c");
        assertThat(ids()).containsExactly("b", "c");

        studies.add(PlantedStudy.ofSix("a", 60, 3).training());
        assertThat(ids()).containsExactly("a", "c");
    }

    @Test
    void seriesOfOtherStudiesGo() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StudyMeters meters = new StudyMeters(registry, new EventCounters(), new MeterSettings(1));
        studies.add(PlantedStudy.ofSix("a", 60, 3).all());
        meters.refitted(fit("a"), Duration.ZERO);
        meters.refresh(studies.all());
        int ofOne = registry.getMeters().size();
        assertThat(registry.find("plm.frontier.exponent").tag("study", "a").gauges())
                .isNotEmpty();
        assertThat(registry.find("plm.runs").tag("study", "a").gauges()).isNotEmpty();

        studies.add(PlantedStudy.ofSix("b", 60, 3).all());
        meters.refitted(fit("b"), Duration.ZERO);
        meters.refresh(studies.all());
        assertThat(registry.find("plm.frontier.exponent").tag("study", "a").gauges())
                .isEmpty();
        assertThat(registry.find("plm.runs").tag("study", "a").gauges()).isEmpty();
        assertThat(registry.find("plm.frontier.exponent").tag("study", "b").gauges())
                .isNotEmpty();
        assertThat(registry.getMeters()).hasSize(ofOne);
    }

    private List<String> ids() {
        return recent.of(studies.all()).stream().map(Study::id).toList();
    }

    private StudyFit fit(String id) {
        return StudyFit.of(
                studies.find(id).orElseThrow(),
                Optional.empty(),
                new FitSettings(Stiffness.crossValidated(), new Bootstrap(20, 0.95, 1)));
    }
}
