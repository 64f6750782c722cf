package org.plmfrontier.dataset.study;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.job.BatchJob;

/** Jobs that trainers have to do. Thread-safe where store and log are. */
final class OpenJobs {
    private final StudyStore store;
    private final JobLog jobs;

    OpenJobs(StudyStore store, JobLog jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    /** A job as it lies on the topic. */
    private record Place(String runId, int slice, long fromRecord, long toRecord) {
        static Place of(BatchJob job) {
            return new Place(job.run().runId(), job.slice(), job.fromRecord(), job.toRecord());
        }
    }

    /** Jobs that trainers have to do and that are not on the topic. Those of a stopped run come when it is resumed. */
    List<BatchJob> missing(Study study) {
        Map<String, Integer> done = store.runs(study.id()).stream()
                .filter(StudyRun::isActive)
                .collect(Collectors.toMap(
                        run -> run.spec().runId(), run -> run.progress().lastSlice()));
        Set<Place> there = jobs.published(done.keySet()).stream()
                .map(placed -> Place.of(placed.job()))
                .collect(Collectors.toSet());
        return store.jobs(study.id()).stream()
                .filter(job -> job.slice() > done.getOrDefault(job.run().runId(), Integer.MAX_VALUE))
                .filter(job -> !there.contains(Place.of(job)))
                .toList();
    }

    /** Jobs of a run that are not done, on the topic or not. */
    List<BatchJob> of(StudyRun run) {
        return store.jobs(run.spec().studyId()).stream()
                .filter(job -> job.run().runId().equals(run.spec().runId()))
                .filter(job -> job.slice() > run.progress().lastSlice())
                .toList();
    }
}
