package org.plmfrontier.trainer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the trainer. */
@ConfigMapping(prefix = "trainer")
public interface TrainerConfig {
    /**
     * Name of this process in events, checkpoint names and its Kafka transactions; must differ between trainers that run
     * at the same time. Default: host name and HTTP port.
     */
    Optional<String> name();

    /** Folder of everything this process keeps. */
    @WithDefault(".plm-frontier/trainer")
    Path dataDir();

    /** Folder of the checkpoints, shared by all trainers. Default: {@code checkpoints} in {@link #dataDir()}. */
    Optional<Path> checkpointDir();

    /** Folder into which libtorch is unpacked once. Default: {@code engine} in {@link #dataDir()}. */
    Optional<Path> engineDir();

    /** Intra-op threads of libtorch. Jobs of recipes that ask for another number go to the dead letters. */
    @WithDefault("1")
    int threads();

    /** Runs whose state is kept on the device between their slices. */
    @WithDefault("8")
    int residentRuns();

    /** Held-out sets of at most this many tokens are kept in memory. */
    @WithDefault("4000000")
    long heldOutTokensKept();

    /** How often a job that fails for its own sake is tried before it goes to the dead letters. */
    @WithDefault("3")
    int attempts();

    /** Commit that this build was made from, for the model cards. */
    Optional<String> commit();

    /**
     * How long a trainer that is asked to leave (SIGTERM) may take to finish its step and hand over its slice. Must be
     * shorter than the time after which it would be killed.
     */
    @WithDefault("PT15S")
    Duration gracePeriod();
}
