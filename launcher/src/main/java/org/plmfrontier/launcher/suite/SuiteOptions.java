package org.plmfrontier.launcher.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to start a local suite.
 *
 * @param root the project's folder, where the packaged services are found
 * @param home where the suite keeps its data
 * @param trainers trainer processes to start with; none is right where something else starts them
 * @param partitions partitions of the jobs topic: the most trainers that can ever share the work
 * @param jvmOptions options of every service's JVM
 * @param environment configuration of every service beyond what the suite sets, over which it wins
 * @param without a service that somebody starts by hand; its environment is written into the home folder instead
 */
public record SuiteOptions(
        Path root,
        Path home,
        Ports ports,
        int trainers,
        int partitions,
        List<String> jvmOptions,
        Map<String, String> environment,
        Optional<String> without) {
    /** The services that a suite starts. */
    public static final List<String> SERVICES = List.of("dataset-service", "fitting-service", "trainer-service");

    /** Small services on one machine. */
    public static final List<String> SMALL_JVM =
            List.of("-Xmx300m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    public SuiteOptions {
        if (trainers < 0) {
            throw new IllegalArgumentException("trainers must not be negative, got " + trainers);
        }
        if (partitions < Math.max(1, trainers)) {
            throw new IllegalArgumentException("partitions " + partitions + " are fewer than trainers " + trainers
                    + ": some would never get work");
        }
        without.filter(service -> !SERVICES.contains(service)).ifPresent(service -> {
            throw new IllegalArgumentException("without must be one of " + SERVICES + ", got " + service);
        });
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /** Services with nothing but the suite's own configuration. */
    public SuiteOptions(Path root, Path home, Ports ports, int trainers, int partitions, List<String> jvmOptions) {
        this(root, home, ports, trainers, partitions, jvmOptions, Map.of());
    }

    /** All services. */
    public SuiteOptions(
            Path root,
            Path home,
            Ports ports,
            int trainers,
            int partitions,
            List<String> jvmOptions,
            Map<String, String> environment) {
        this(root, home, ports, trainers, partitions, jvmOptions, environment, Optional.empty());
    }

    /** The same suite without one of its services. */
    public SuiteOptions without(String service) {
        return new SuiteOptions(root, home, ports, trainers, partitions, jvmOptions, environment, Optional.of(service));
    }

    boolean starts(String service) {
        return !without.equals(Optional.of(service));
    }
}
