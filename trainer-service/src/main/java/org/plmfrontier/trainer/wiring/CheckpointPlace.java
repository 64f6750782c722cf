package org.plmfrontier.trainer.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.plmfrontier.trainer.checkpoint.Attempts;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.s3.Bucket;
import org.plmfrontier.trainer.s3.BucketAddress;
import org.plmfrontier.trainer.s3.BucketAttempts;
import org.plmfrontier.trainer.s3.BucketCheckpoints;
import org.plmfrontier.trainer.s3.BucketSettings;
import org.plmfrontier.trainer.safetensors.FolderAttempts;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;

/**
 * Where checkpoints, imported weights and attempts are: a folder or a bucket.
 *
 * @param notReadyReason why nothing could be written, one line; empty where nothing is known
 * @param disk folder of this machine that states take room in
 * @param sweep deletes what an earlier process of this trainer left unfinished; only before the first use
 */
record CheckpointPlace(
        CheckpointStore store, Attempts attempts, Supplier<Optional<String>> notReadyReason, Path disk, Sweep sweep) {
    /** What is done once, before the first state is written. */
    @FunctionalInterface
    interface Sweep {
        void run() throws IOException;
    }

    /**
     * The place that the settings name.
     *
     * @throws IllegalArgumentException where they name two, or none that can be
     */
    static CheckpointPlace of(TrainerConfig config, String trainer) {
        if (config.checkpoints().isPresent() && config.checkpointDir().isPresent()) {
            throw new IllegalArgumentException(
                    "trainer.checkpoints and trainer.checkpoint-dir are both set, a trainer has one place of checkpoints");
        }
        return config.checkpoints()
                .map(address -> bucket(BucketAddress.of(address), config, trainer))
                .orElseGet(() ->
                        folder(config.checkpointDir().orElse(config.dataDir().resolve("checkpoints")), trainer));
    }

    private static CheckpointPlace folder(Path folder, String trainer) {
        FolderCheckpoints store = new FolderCheckpoints(folder, trainer);
        return new CheckpointPlace(
                store, new FolderAttempts(folder, trainer), store::notReadyReason, folder, store::sweep);
    }

    private static CheckpointPlace bucket(BucketAddress address, TrainerConfig config, String trainer) {
        TrainerConfig.S3 s3 = config.s3();
        Bucket bucket = new Bucket(
                address,
                new BucketSettings(
                        s3.endpoint(), s3.region(), s3.anonymous(), s3.silence(), BucketSettings.PART_BYTES));
        Path spool = config.dataDir().resolve("checkpoint-spool");
        BucketCheckpoints store =
                new BucketCheckpoints(bucket, spool, folder -> new FolderCheckpoints(folder, trainer));
        return new CheckpointPlace(
                store, new BucketAttempts(bucket, trainer), bucket::notReadyReason, config.dataDir(), store::sweep);
    }
}
