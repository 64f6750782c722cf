package org.plmfrontier.dataset.study;

import java.util.Objects;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.job.RunSpec;

/**
 * A run that the log has and no study here: the database was set back, or is another one. What the log says of it
 * is kept until its study is submitted again.
 *
 * @param spec as it was announced last
 */
public record LoggedRun(RunSpec spec, RunProgress progress) {
    public LoggedRun {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(progress, "progress");
    }

    /** Records trained by the end of the last slice that is done. */
    public long position() {
        return spec.position(progress.step());
    }

    boolean over() {
        return progress.state() == RunState.DIVERGED;
    }
}
