package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.plmfrontier.trainer.checkpoint.Attempts;

/**
 * Attempts as empty objects {@code _attempts/<run>/<delivery>-<trainer>-<random id>} beside the checkpoints. The id makes
 * the write one that may be repeated: an answer that was lost must not look like an attempt that ended its trainer. Thread-safe.
 */
public final class BucketAttempts implements Attempts {
    private static final String FOLDER = "_attempts/";

    private final Bucket bucket;
    private final String trainer;

    /** @param trainer name of this trainer, part of every object's name */
    public BucketAttempts(Bucket bucket, String trainer) {
        this.bucket = Objects.requireNonNull(bucket, "bucket");
        this.trainer = Objects.requireNonNull(trainer, "trainer");
    }

    @Override
    public int open(String runId, String delivery) throws IOException {
        return bucket.names(FOLDER + runId + "/" + delivery + "-").size();
    }

    @Override
    public Attempt begin(String runId, String delivery) throws IOException {
        String name = FOLDER + runId + "/" + delivery + "-" + trainer + "-" + UUID.randomUUID();
        bucket.put(name, "");
        return () -> bucket.delete(name);
    }

    @Override
    public void clear(String runId) throws IOException {
        for (String name : bucket.names(FOLDER + runId + "/")) {
            bucket.delete(name);
        }
    }
}
