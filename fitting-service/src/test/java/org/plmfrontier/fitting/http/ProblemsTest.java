package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.study.MemoryStore;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.StudyArchive;
import org.plmfrontier.runtime.http.ProblemDetail;

class ProblemsTest {
    @Test
    void aStudyAtRestThatCannotBeFetchedIsUnavailableAndSaysWhy() {
        Studies studies = new Studies(StepThinning.USUAL);
        studies.add(PlantedStudy.ofSix("planted", 60, 3).all());
        StudyArchive archive = new StudyArchive(studies, new MemoryStore());
        List.copyOf(studies.all()).forEach(archive::evict);
        StudyArchive.NotThereException failure = catchThrowableOfType(
                StudyArchive.NotThereException.class,
                () -> archive.load(studies.find("planted").orElseThrow()));

        var response = new Problems().notThere(failure);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(((ProblemDetail) response.getEntity()).detail())
                .startsWith("study 'planted' is over and its points lie in the database");
    }
}
