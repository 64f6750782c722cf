package org.plmfrontier.fitting.http;

import jakarta.inject.Singleton;
import org.plmfrontier.fitting.live.Refitter;
import org.plmfrontier.fitting.study.Studies;
import org.plmfrontier.fitting.study.Study;

/** Finds the latest fit of a study by its id; before the first one it is a fit without families. */
@Singleton
public final class LatestFits {
    private final Studies studies;
    private final Refitter refitter;

    LatestFits(Studies studies, Refitter refitter) {
        this.studies = studies;
        this.refitter = refitter;
    }

    /** The study, or 404. */
    Study study(String id) {
        return studies.find(id).orElseThrow(() -> Refused.unknownStudy(id));
    }

    /** Its latest fit, or 404 where there is no such study. */
    FittedStudy of(String id) {
        return new FittedStudy(refitter.fitOf(study(id)));
    }
}
