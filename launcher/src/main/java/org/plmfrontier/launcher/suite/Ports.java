package org.plmfrontier.launcher.suite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.stack.FreePorts;

/**
 * Where the parts of a local suite listen, all on 127.0.0.1.
 *
 * @param replaceable whether others do as well, where one was taken meanwhile
 */
public record Ports(Services services, Backends backends, boolean replaceable) {
    /** The ports that README promises. */
    public static final Ports STANDARD =
            new Ports(new Services(8080, 8081, 8082), new Backends(29092, 29093, 25432), false);

    /**
     * Of the services' HTTP servers.
     *
     * @param trainer of the first trainer; further trainers take any free port
     */
    public record Services(int fitting, int dataset, int trainer) {}

    /**
     * Of what the services need.
     *
     * @param controller of Kafka
     */
    public record Backends(int kafka, int controller, int postgres) {}

    /** Ports that are free now, for suites beside others. */
    public static Ports free() throws IOException {
        return new Ports(
                new Services(FreePorts.next(), FreePorts.next(), FreePorts.next()),
                new Backends(FreePorts.next(), FreePorts.next(), FreePorts.next()),
                true);
    }

    int of(String service) {
        return Objects.requireNonNull(byName().get(service), service);
    }

    public int fitting() {
        return services.fitting();
    }

    public int dataset() {
        return services.dataset();
    }

    public int trainer() {
        return services.trainer();
    }

    public int kafka() {
        return backends.kafka();
    }

    public int controller() {
        return backends.controller();
    }

    public int postgres() {
        return backends.postgres();
    }

    /** The same with another port of one service. */
    Ports with(String service, int port) {
        return switch (service) {
            case "fitting-service" -> new Ports(new Services(port, dataset(), trainer()), backends, replaceable);
            case "dataset-service" -> new Ports(new Services(fitting(), port, trainer()), backends, replaceable);
            default -> this;
        };
    }

    /**
     * Checks that nothing listens on any of them.
     *
     * @throws StartupException naming the first port in use and what wanted it
     */
    public void requireFree() {
        byName().forEach((name, port) -> {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (IOException e) {
                throw new StartupException(
                        "port " + port + " (" + name + ") is in use; stop what listens there or add --free-ports", e);
            }
        });
    }

    private Map<String, Integer> byName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("fitting-service", fitting());
        ports.put("dataset-service", dataset());
        ports.put("trainer-service", trainer());
        ports.put("Kafka", kafka());
        ports.put("Kafka controller", controller());
        ports.put("PostgreSQL", postgres());
        return ports;
    }
}
