package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.assignment.CheckpointPointer;

/** Where one job's run stands, and the place where what becomes of the job is written down, all or nothing. */
public interface JobLedger {
    /** Where the run of the job stands as this trainer knows it; null where nothing of it was trained. */
    @Nullable
    CheckpointPointer pointer() throws IOException;

    /** Names the job's record, for as long as it is not consumed. */
    String delivery();

    /** Why the run is to be stopped; empty where nobody wants that. */
    Optional<String> stopReason() throws InterruptedException;

    /**
     * Writes down events, pointer and the job's consumption together.
     *
     * @throws TenureOverException where the run is somebody else's by now: nothing was written
     */
    void publish(SliceReport report) throws TenureOverException, InterruptedException;

    /** Consumes the job, of which nothing is to be said. */
    void skip(String reason) throws TenureOverException;

    /** Moves the job to the dead letters. */
    void bury(String reason) throws TenureOverException;

    /** Moves the job to the dead letters and writes down, together with that, that its run is stopped. */
    void bury(String reason, SliceReport stop) throws TenureOverException, InterruptedException;
}
