package org.plmfrontier.fitting.metrics;

import io.micrometer.core.instrument.Tags;
import org.plmfrontier.fitting.study.Run;
import org.plmfrontier.fitting.study.Study;

/** How series of studies and runs are named. */
final class StudyTags {
    private StudyTags() {}

    static Tags of(Study study) {
        return Tags.of("study", study.id());
    }

    static Tags of(Run run) {
        return Tags.of("study", run.studyId(), "run", run.runId(), "family", run.family());
    }
}
