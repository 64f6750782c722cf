package org.plmfrontier.trainer.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

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

    /**
     * Bucket of the checkpoints, {@code s3://bucket/prefix}, in place of a folder; a state lies in {@link #dataDir()} while it
     * is sent or read.
     */
    Optional<String> checkpoints();

    /** How the bucket of the checkpoints is reached. */
    S3 s3();

    /** Folder into which libtorch is unpacked once. Default: {@code engine} in {@link #dataDir()}. */
    Optional<Path> engineDir();

    /** Intra-op threads of libtorch. Jobs of recipes that ask for another number go to the dead letters. */
    @WithDefault("1")
    int threads();

    /**
     * Devices of this process: {@code cpu}, or GPUs as {@code cuda:0,cuda:1}. A run goes to the one with the fewest runs and
     * stays there. GPUs need libtorch for CUDA in {@code PYTORCH_LIBRARY_PATH}.
     */
    @WithDefault("cpu")
    List<String> devices();

    /**
     * Name of the GPUs for the table of peaks, where the driver does not tell it; without a known name there is no
     * utilisation.
     */
    Optional<String> deviceName();

    /**
     * Bytes that forward and backward of one part of a batch may take on a CPU, and on GPUs in deterministic runs; a larger
     * batch is taken in parts by rows. All trainers of a study must have the same: parts change the last bits. Other runs on
     * GPUs take what is free. Default: 2 GiB on a CPU, 16 GiB on a GPU.
     */
    OptionalLong activationBytes();

    /**
     * Bytes of host memory that the copy of a state may take which is written while training goes on, 12 per parameter, one
     * copy at a time; training waits while a larger state is written. Default: a quarter of the memory of the machine or the
     * container.
     */
    OptionalLong snapshotBytes();

    /** Runs whose state is kept on the device between their slices. */
    @WithDefault("8")
    int residentRuns();

    /**
     * Steps whose records are read, masked and padded by another thread while the device computes, at most; 0: each when it is
     * its turn.
     */
    @WithDefault("4")
    int stepsAhead();

    /** Held-out sets of at most this many tokens are kept in memory. */
    @WithDefault("4000000")
    long heldOutTokensKept();

    /**
     * How often a job that fails for its own sake is tried before it goes to the dead letters, and how many attempts at it may
     * end with the process that made them.
     */
    @WithDefault("3")
    int attempts();

    /** Commit that this build was made from, for the model cards. */
    Optional<String> commit();

    /**
     * How long a trainer that is asked to leave (SIGTERM) may take to finish its step, to commit the slice whose checkpoint is
     * being written and to hand over the one in hand. Must be shorter than the time after which it would be killed.
     */
    @WithDefault("PT15S")
    Duration gracePeriod();

    /**
     * How long a job in hand, or the wait for one, may stand still until the process says that it is not live. Must be longer
     * than the longest step and than the writing or reading of the largest checkpoint.
     */
    @WithDefault("PT10M")
    Duration stallLimit();

    /** FLOPs per second that the device can do at best, in the precision that is trained in; where absent, what the table says. */
    OptionalDouble peakFlops();

    Waits waits();

    Progress progress();

    Evaluations evaluations();

    /** Who may ask for work through REST. */
    Access access();

    /** How long the trainer waits for the broker and the checkpoint folder. */
    interface Waits {
        /** How long a call to the broker may take until it has failed; it is tried again after a pause. */
        @WithDefault("PT15S")
        Duration call();

        /** After this time the broker ends a transaction that a killed trainer left open; readers wait no longer for it. */
        @WithDefault("PT10S")
        Duration transaction();

        /** How long a token log that is damaged or not there is waited for before its job goes to the dead letters. */
        @WithDefault("PT2M")
        Duration tokenLog();

        /** How long tries that fail count as movement for liveness; whoever does nothing else for longer is not live. */
        @WithDefault("PT30M")
        Duration retries();

        /** First pause after the broker or the folder failed; it doubles, and a random half of it is taken off. */
        @WithDefault("PT0.2S")
        Duration firstPause();

        /** Longest pause between two tries; there is no last try while the partition is this trainer's. */
        @WithDefault("PT10S")
        Duration longestPause();

        /** Time between two looks of a trainer without work for one that has several runs. */
        @WithDefault("PT5S")
        Duration workRequest();
    }

    /** The bucket of the checkpoints. Credentials come from the environment. */
    interface S3 {
        /** Address of a service other than Amazon's. */
        Optional<URI> endpoint();

        /** Region of the bucket. */
        @WithDefault("us-east-1")
        String region();

        /** Whether requests are not signed: for services that ask for no credentials. */
        @WithDefault("false")
        boolean anonymous();

        /** How long the service may say nothing until a request has failed; it is tried again. */
        @WithDefault("PT30S")
        Duration silence();
    }

    /** Steps that are published before their slice is committed. */
    interface Progress {
        /** Least time between two publications of steps as they happen; {@code PT0S} publishes none of them. */
        @WithDefault("PT0.5S")
        Duration interval();
    }

    /** What is measured beside the loss. */
    interface Evaluations {
        /** Whether this process takes evaluation jobs. */
        @WithDefault("true")
        boolean enabled();

        /** Share of the time that evaluations may take of the device while a slice trains; while none does they take all. */
        @WithDefault("0.05")
        double share();
    }

    /** Who may change something through REST. */
    interface Access {
        /**
         * {@code name:digest} each, comma-separated; the digest is the SHA-256 of a bearer token in hexadecimal. Not
         * asked for in the profiles local, dev and test.
         */
        Optional<List<String>> tokens();
    }
}
