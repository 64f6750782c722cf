package org.plmfrontier.fitting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the service, all under {@code fitting}. */
@ConfigMapping(prefix = "fitting")
public interface FittingConfig {
    Refit refit();

    Curve curve();

    Live live();

    Access access();

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
    }

    /** What of the curves stays in memory. */
    interface Curve {
        /** Most points per run and doubling of the step; the database keeps all. */
        @WithDefault("2048")
        int pointsPerOctave();
    }

    /** The live stream. */
    interface Live {
        /** How often a reader is told what is new. */
        @WithDefault("500ms")
        Duration tick();

        /** After so many ticks without news an empty event keeps the connection open. */
        @WithDefault("30")
        int idleTicks();
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
