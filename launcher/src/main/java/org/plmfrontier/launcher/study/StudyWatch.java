package org.plmfrontier.launcher.study;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;

/** Looks at studies of a fitting service. */
public final class StudyWatch {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int NOT_FOUND = 404;

    private final RestClient fitting;

    public StudyWatch(RestClient fitting) {
        this.fitting = fitting;
    }

    /**
     * Looks at the study every half second until no run has work left and the fits know all of it.
     *
     * @param watcher receives the study at each look
     * @return the study when it is over
     */
    public StudyView follow(String studyId, Watcher watcher) throws IOException, InterruptedException {
        return follow(studyId, StudyView::isOver, watcher);
    }

    /**
     * Looks at the study every half second until it is over by the caller's word and the fits know all of it.
     *
     * @param watcher receives the study at each look
     * @return the study when it is over
     */
    public StudyView follow(String studyId, Predicate<StudyView> over, Watcher watcher)
            throws IOException, InterruptedException {
        while (true) {
            StudyView view = view(studyId);
            watcher.look(view);
            if (over.test(view) && view.fitIsCurrent()) {
                return view;
            }
            Thread.sleep(PAUSE);
        }
    }

    /** The study as the fitting service has it now; without runs before it has observed any. */
    public StudyView view(String studyId) throws IOException, InterruptedException {
        try {
            return StudyView.of(fitting.get("/studies/" + studyId));
        } catch (RefusedException e) {
            if (e.status() == NOT_FOUND) {
                return new StudyView(studyId, List.of(), 0, 0, false);
            }
            throw e;
        }
    }

    /** Somebody who watches a study. */
    @FunctionalInterface
    public interface Watcher {
        void look(StudyView study) throws IOException, InterruptedException;
    }
}
