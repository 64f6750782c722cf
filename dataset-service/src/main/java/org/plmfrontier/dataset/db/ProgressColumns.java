package org.plmfrontier.dataset.db;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.dataset.study.RunProgress;

/** How far a run is. */
@Embeddable
class ProgressColumns {
    @Enumerated(EnumType.STRING)
    RunState state;

    long step;
    double tokens;

    @Column(name = "compute_flops")
    double computeFlops;

    @Column(name = "last_slice")
    int lastSlice;

    @Column(name = "updated_at")
    Instant updatedAt;

    static ProgressColumns of(RunProgress progress) {
        ProgressColumns columns = new ProgressColumns();
        columns.set(progress);
        return columns;
    }

    void set(RunProgress progress) {
        state = progress.state();
        step = progress.step();
        tokens = progress.tokens();
        computeFlops = progress.computeFlops();
        lastSlice = progress.lastSlice();
        updatedAt = progress.updatedAt();
    }

    RunProgress progress(String runId) {
        return new RunProgress(runId, state, new RunProgress.Done(lastSlice, step, tokens, computeFlops), updatedAt);
    }
}
