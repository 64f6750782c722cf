package org.plmfrontier.trainer.residency;

import java.util.Objects;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.engine.ResidentModel;

/**
 * A run on the device.
 *
 * @param specification hash of what it was trained by
 * @param lease under which this trainer owns the run's partition; what was trained under another one is stale
 * @param progress of the state on the device
 */
public record WarmRun(String runId, String specification, Lease lease, ResidentModel model, RunProgress progress) {
    public WarmRun {
        Objects.requireNonNull(runId, "runId");
        Objects.requireNonNull(specification, "specification");
        Objects.requireNonNull(lease, "lease");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(progress, "progress");
    }
}
