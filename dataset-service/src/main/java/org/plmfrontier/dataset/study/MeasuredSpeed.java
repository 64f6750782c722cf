package org.plmfrontier.dataset.study;

import java.util.OptionalDouble;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.dataset.plan.DeviceSpeed;

/**
 * What was measured at the runs of a store.
 *
 * @param assumed until steps in a precision were measured, training FLOPs per second
 */
public record MeasuredSpeed(DeviceSpeeds speeds, StudyStore store, double assumed) implements DeviceSpeed {
    @Override
    public OptionalDouble measured(RunSpec run) {
        return speeds.at(run, id -> store.run(id).map(StudyRun::spec));
    }
}
