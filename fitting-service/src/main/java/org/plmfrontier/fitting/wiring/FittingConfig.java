package org.plmfrontier.fitting.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the service, all under {@code fitting}. */
@ConfigMapping(prefix = "fitting")
public interface FittingConfig {
    Refit refit();

    Curve curve();

    Live live();

    Progress progress();

    Metrics metrics();

    Events events();

    Imports imports();

    Pages pages();

    Access access();

    /** Pages of other services, to which the live page links. */
    interface Pages {
        /** Address of the dataset service for people's browsers; where absent, nothing links to it. */
        Optional<URI> studies();

        /** Address of a trainer, from which people's browsers get models; where absent, nothing links to it. */
        Optional<URI> models();
    }

    /** When and how studies are fitted. */
    interface Refit {
        /** Least time between two fits of a study. */
        @WithDefault("2s")
        Duration interval();

        /** Resamples behind each interval. */
        @WithDefault("200")
        int resamples();

        /** Probability that the intervals claim to cover. */
        @WithDefault("0.95")
        double level();

        /** Seed of the resampling; it stands in every result. */
        @WithDefault("1")
        long seed();

        /** Most of one processor's time that fitting takes, above 0 and at most 1. */
        @WithDefault("0.25")
        double share();

        /** The same while the service catches up with the log, as after a restart. */
        @WithDefault("0.05")
        double shareBehind();

        /** Studies whose fits stay in memory, the last made or asked for; points of others that are over are evicted to the database. */
        @WithDefault("32")
        int keep();
    }

    /** What of the curves stays in memory. */
    interface Curve {
        /** Most points per run and doubling of the step; the database keeps all. */
        @WithDefault("2048")
        int pointsPerOctave();
    }

    /** The live stream. */
    interface Live {
        /** How often a reader receives what is new. */
        @WithDefault("500ms")
        Duration tick();

        /** How often a reader receives new steps that are not committed. */
        @WithDefault("250ms")
        Duration progressTick();

        /**
         * After so many ticks without news an empty event keeps the connection open. The page takes 60 seconds without any
         * event for a broken connection.
         */
        @WithDefault("30")
        int idleTicks();

        /** Most event streams that are open at once; further ones are answered 429. */
        @WithDefault("512")
        int streams();

        /** Most of them to one client address; behind a proxy that does not forward addresses, to all its clients. */
        @WithDefault("64")
        int streamsPerClient();
    }

    /** Steps that are not committed yet; they are shown and never fitted. */
    interface Progress {
        /**
         * Age by arrival at which a step that was not committed is dropped: longer than a slice and its checkpoint take. For so
         * long after its last word, too, an earlier owner of a run is not believed.
         */
        @WithDefault("15m")
        Duration limit();

        /** Most points of a run; of more, every second, fourth ... step is kept. */
        @WithDefault("512")
        int pointsPerRun();

        /** Most points of all runs together; of more, the run that was silent longest loses its. */
        @WithDefault("200000")
        int points();
    }

    /** Files on their way to be studies. */
    interface Imports {
        /** Folder in which they lie while they are read. Default: the JVM's folder for temporary files. */
        Optional<Path> folder();

        /** Most bytes of one file; a larger one is answered 413. */
        @WithDefault("4294967296")
        long fileBytes();

        /** Most bytes of all files that are imported at once; more are answered 503. */
        @WithDefault("6442450944")
        long totalBytes();

        /** Bytes that stay free on that disk; else files are answered 507. */
        @WithDefault("268435456")
        long freeBytes();
    }

    /** What Prometheus reads. */
    interface Metrics {
        /** Studies that have series: those that changed last. */
        @WithDefault("32")
        int studies();
    }

    /** The log of training events on its way into the database. All timeouts, retries and waits of it stand here. */
    interface Events {
        Group group();

        /** Most events of one turn, which are one transaction of the database. */
        @WithDefault("8000")
        int batch();

        /** How long a turn waits for events; also how often partitions and the topic are looked for. */
        @WithDefault("500ms")
        Duration turn();

        /** First pause after the database or the broker failed; it doubles, and a random half of it is taken off. */
        @WithDefault("200ms")
        Duration firstPause();

        /** Longest pause between two tries; there is no last try. */
        @WithDefault("10s")
        Duration longestPause();

        /** How long the batch in hand may take when the service stops; after that the next start repeats it. */
        @WithDefault("10s")
        Duration stopping();

        /** Kafka's consumer group. */
        interface Group {
            /** Under this group the place is noted for tools that show lags; the service reads its own database. */
            @WithDefault("fitting")
            String id();
        }
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
