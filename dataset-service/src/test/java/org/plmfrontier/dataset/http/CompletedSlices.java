package org.plmfrontier.dataset.http;

import java.time.Instant;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEventSliceCompletedBuilder;
import org.plmfrontier.contracts.job.BatchJob;

/** What a trainer publishes at the end of a job. */
final class CompletedSlices {
    private CompletedSlices() {}

    static SliceCompleted of(BatchJob job) {
        long step = job.toRecord() / job.run().recipe().recordsPerStep();
        return TrainingEventSliceCompletedBuilder.builder()
                .studyId(job.run().studyId())
                .runId(job.run().runId())
                .slice(job.slice())
                .step(step)
                .toRecord(job.toRecord())
                .tokens(1000.0 * step)
                .computeFlops(1e9 * step)
                .checkpoint("a")
                .trainer("t")
                .at(Instant.now())
                .build();
    }
}
