package org.plmfrontier.benchmarks.suite;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.trainer.assignment.CheckpointPointer;
import org.plmfrontier.trainer.slice.JobLedger;
import org.plmfrontier.trainer.slice.PublishedRun;
import org.plmfrontier.trainer.slice.SliceReport;

/** The ledger of one run without a broker. */
final class MemoryLedger implements JobLedger {
    private @Nullable CheckpointPointer pointer;
    private int slices;

    /** How many are committed. */
    int slices() {
        return slices;
    }

    @Override
    public @Nullable CheckpointPointer pointer() {
        return pointer;
    }

    @Override
    public PublishedRun published() {
        return PublishedRun.NOTHING;
    }

    @Override
    public String delivery() {
        return "0-" + slices;
    }

    @Override
    public boolean isDeleted() {
        return false;
    }

    @Override
    public Optional<String> stopReason() {
        return Optional.empty();
    }

    @Override
    public void publish(SliceReport report) {
        pointer = report.pointer();
        slices++;
    }

    @Override
    public void skip(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void deadLetter(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void deadLetter(String reason, SliceReport stop) {
        throw new IllegalStateException(reason);
    }
}
