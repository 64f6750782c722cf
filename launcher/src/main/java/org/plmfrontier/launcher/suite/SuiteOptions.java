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
 */
public record SuiteOptions(Path root, Path home, Ports ports, Trainers trainerCount, Services services) {
    /** The services that a suite starts. */
    public static final List<String> SERVICES = List.of("dataset-service", "fitting-service", "trainer-service");

    /** Small services on one machine. */
    public static final List<String> SMALL_JVM =
            List.of("-Xmx300m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

    /**
     * How many trainers share the work.
     *
     * @param now trainer processes to start with; none is right where something else starts them
     * @param most partitions of the jobs topic: the most trainers that can ever share the work
     */
    public record Trainers(int now, int most) {
        public Trainers {
            if (now < 0) {
                throw new IllegalArgumentException("trainers must not be negative, got " + now);
            }
            if (most < Math.max(1, now)) {
                throw new IllegalArgumentException(
                        "partitions " + most + " are fewer than trainers " + now + ": some would never get work");
            }
        }
    }

    /**
     * What every service's process gets.
     *
     * @param jvmOptions options of its JVM
     * @param environment configuration beyond what the suite sets, over which it wins
     * @param without a service that somebody starts by hand; its environment is written into the home folder instead
     */
    public record Services(List<String> jvmOptions, Map<String, String> environment, Optional<String> without) {
        public Services {
            without.filter(service -> !SERVICES.contains(service)).ifPresent(service -> {
                throw new IllegalArgumentException("without must be one of " + SERVICES + ", got " + service);
            });
            jvmOptions = List.copyOf(jvmOptions);
            environment = Map.copyOf(environment);
        }

        /** All services. */
        public Services(List<String> jvmOptions, Map<String, String> environment) {
            this(jvmOptions, environment, Optional.empty());
        }
    }

    /** Services with nothing but the suite's own configuration. */
    public SuiteOptions(Path root, Path home, Ports ports, int trainers, int partitions, List<String> jvmOptions) {
        this(root, home, ports, new Trainers(trainers, partitions), new Services(jvmOptions, Map.of()));
    }

    public int trainers() {
        return trainerCount.now();
    }

    public int partitions() {
        return trainerCount.most();
    }

    public List<String> jvmOptions() {
        return services.jvmOptions();
    }

    public Map<String, String> environment() {
        return services.environment();
    }

    /** The same suite without one of its services. */
    public SuiteOptions without(String service) {
        Services others = new Services(jvmOptions(), environment(), Optional.of(service));
        return new SuiteOptions(root, home, ports, trainerCount, others);
    }

    boolean starts(String service) {
        return !services.without().equals(Optional.of(service));
    }
}
