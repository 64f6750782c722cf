package org.plmfrontier.trainer.residency;

import java.util.Objects;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.ResidentModel;

/**
 * A run on the device.
 *
 * @param specification hash of what it was trained by
 * @param tenure the time during which this trainer owns the run's partition; what was learnt in another tenure is stale
 * @param progress of the state on the device
 */
public record WarmRun(String runId, String specification, Object tenure, ResidentModel model, RunProgress progress) {
    public WarmRun {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(specification, "specification");
        Objects.requireNonNull(tenure, "tenure");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(progress, "progress");
    }
}
