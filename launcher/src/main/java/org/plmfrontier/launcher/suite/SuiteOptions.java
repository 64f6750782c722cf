package org.plmfrontier.launcher.suite;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a local suite.
 *
 * @param root the project's folder, where the packaged services are found
 * @param home where the suite keeps its data
 */
public record SuiteOptions(Path root, Path home, Ports ports, Trainers trainerCount, Services services) {
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
     */
    public record Services(List<String> jvmOptions, Map<String, String> environment) {
        public Services {
            jvmOptions = List.copyOf(jvmOptions);
            environment = Map.copyOf(environment);
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
}
