package org.plmfrontier.dataset.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What can be set for this service. */
@ConfigMapping(prefix = "dataset")
public interface DatasetConfig {
    Jobs jobs();

    Events events();

    Topics topics();

    Slices slices();

    Scaling scaling();

    Trainers trainers();

    Ingest ingest();

    Sources sources();

    Uploads uploads();

    Waits waits();

    Access access();

    Mmseqs mmseqs();

    S3 s3();

    Pages pages();

    /** The jobs topic. */
    interface Jobs {
        /** Partitions of jobs and checkpoints when they are created: the most trainers there can ever be. */
        @WithDefault("16")
        int partitions();
    }

    /** The topic of training events. */
    interface Events {
        /** Partitions of training events when they are created. */
        @WithDefault("4")
        int partitions();
    }

    /** All topics that this service creates. */
    interface Topics {
        /** Replicas of each partition. */
        @WithDefault("1")
        short replication();
    }

    /** How finely runs are cut. */
    interface Slices {
        /** FLOPs that a slice aims at; where absent, a share of the study's largest run within a slice's time. */
        OptionalDouble targetFlops();

        /** How many slices the study's largest run is cut into where no target is set. */
        @WithDefault("24")
        int ofLargestRun();

        /** No run is cut into more slices than this, but for one more per budget. */
        @WithDefault("5000")
        int mostPerRun();

        /** Device time of a slice, at the measured speed of one trainer. */
        @WithDefault("PT60S")
        Duration time();

        /** Device time of a slice of a model whose checkpoints take long to write. */
        @WithDefault("PT5M")
        Duration longestTime();

        /** Device time of each run for which slices are cut ahead. */
        @WithDefault("PT1H")
        Duration horizon();

        /** Time between two looks for runs whose slices run out. */
        @WithDefault("PT1S")
        Duration refillEvery();
    }

    /** What an autoscaler is told. */
    interface Scaling {
        /** Device time that is worth a trainer of its own. */
        @WithDefault("PT8M")
        Duration workPerTrainer();
    }

    /** The trainers that there are. */
    interface Trainers {
        /** Memory of a trainer's device, bytes; where absent, no study is refused for its size. */
        OptionalLong memoryBytes();

        /** Speed of one trainer until steps in a precision were measured, training FLOPs per second. */
        @WithDefault("1e14")
        double flopsPerSecond();

        /** How fast a trainer writes checkpoints, while the next slice trains. */
        @WithDefault("1e9")
        double checkpointBytesPerSecond();

        /** How fast a trainer copies a state to host memory, for which training waits, until a checkpoint was measured. */
        @WithDefault("8e9")
        double copyBytesPerSecond();
    }

    /** Building corpora. */
    interface Ingest {
        /**
         * Folder for spill files, about the size of the sources; where absent, one in the system's temporary folder.
         */
        Optional<String> folder();

        /** Largest spill file that is sorted in memory, bytes. */
        @WithDefault("16777216")
        long shuffleMemoryBytes();

        /** Time between two events that say how far a build is. */
        @WithDefault("PT5S")
        Duration progressEvery();
    }

    /** Where the files of corpora may come from. */
    interface Sources {
        /**
         * Folders and beginnings of http, https or s3 addresses, comma-separated. Where absent, everything in the
         * profiles local, dev and test, and nothing in any other.
         */
        Optional<List<String>> roots();

        /** Whether a server elsewhere may redirect to loopback and link-local addresses. */
        @WithDefault("false")
        boolean nearRedirects();
    }

    /** Files that people send to make corpora of. */
    interface Uploads {
        /** Folder that keeps them: repairs of a corpus read them again. Where absent, none are taken. */
        Optional<String> folder();

        /** Most bytes of one file. */
        @WithDefault("17179869184")
        long fileBytes();

        /** Most bytes of all files together. */
        @WithDefault("68719476736")
        long totalBytes();

        /** Bytes that stay free on the disk. */
        @WithDefault("1073741824")
        long freeBytes();
    }

    /** How long this service waits for what it needs. */
    interface Waits {
        /** How long an answer, records that must be there, or a topic that was just made may take to come from the broker. */
        @WithDefault("PT20S")
        Duration broker();

        /** How long a web server that sources come from may say nothing until the read is tried again. */
        @WithDefault("PT30S")
        Duration source();

        /** First pause after the database, the broker or a source failed; it doubles, and a random half of it is taken off. */
        @WithDefault("PT0.2S")
        Duration firstPause();

        /** Longest pause between two tries; for events there is no last try. */
        @WithDefault("PT10S")
        Duration longestPause();
    }

    /** Who may change something through REST. */
    interface Access {
        /**
         * {@code name:digest} each, comma-separated; the digest is the SHA-256 of a bearer token in hexadecimal. Not
         * asked for in the profiles local, dev and test.
         */
        Optional<List<String>> tokens();
    }

    /** The program that compares proteins. */
    interface Mmseqs {
        /** Path or name of the program. */
        @WithDefault("mmseqs")
        String command();

        /** Threads that it may use; 0 for one per processor. */
        @WithDefault("0")
        int threads();
    }

    /** Buckets that sources lie in. Credentials come from the environment. */
    interface S3 {
        /** Address of a service other than Amazon's. */
        Optional<URI> endpoint();

        /** Region of the buckets. */
        @WithDefault("us-east-1")
        String region();

        /** Whether requests are not signed: for public buckets. */
        @WithDefault("false")
        boolean anonymous();
    }

    /** Pages of other services, to which this one's link. */
    interface Pages {
        /** Address of the live page; where absent, nothing links to it. */
        Optional<URI> live();

        /** Address of a trainer, from which people's browsers get models; where absent, nothing links to it. */
        Optional<URI> models();
    }
}
