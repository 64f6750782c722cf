package org.plmfrontier.trainer.slice;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.assignment.CheckpointPointer;

/** Where one job's run stands, and the transaction that publishes what became of the job. */
public interface JobLedger {
    /** Where the run of the job stands as this trainer knows it; null where nothing of it was trained. */
    @Nullable
    CheckpointPointer pointer() throws IOException;

    /** How far the run of the job is by its events, all of which are read for it. */
    PublishedRun published() throws IOException, InterruptedException;

    /** Names the job's record, for as long as it is not consumed. */
    String delivery();

    /** Whether the run was deleted: then nothing more is trained or said of it. */
    boolean isDeleted() throws InterruptedException;

    /** Why the run is to be stopped; empty where nobody wants that. */
    Optional<String> stopReason() throws InterruptedException;

    /**
     * Publishes events, pointer and the job's consumption together.
     *
     * @throws LeaseLostException where the run has a new owner: nothing was written
     */
    void publish(SliceReport report) throws LeaseLostException, InterruptedException;

    /** Consumes the job, of which nothing is to be said. */
    void skip(String reason) throws LeaseLostException;

    /** Moves the job to the dead-letter topic. */
    void deadLetter(String reason) throws LeaseLostException;

    /** Moves the job to the dead-letter topic and publishes, in the same transaction, that its run is stopped. */
    void deadLetter(String reason, SliceReport stop) throws LeaseLostException, InterruptedException;
}
