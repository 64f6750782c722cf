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
 * @param trainer of the first trainer; further trainers take any free port
 * @param replaceable whether others do as well, where one was taken meanwhile
 */
public record Ports(
        int fitting, int dataset, int trainer, int kafka, int controller, int postgres, boolean replaceable) {
    /** The ports that README promises. */
    public static final Ports STANDARD = new Ports(8080, 8081, 8082, 29092, 29093, 25432, false);

    /** Ports that are free now, for suites beside others. */
    public static Ports free() throws IOException {
        return new Ports(
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                FreePorts.next(),
                true);
    }

    int of(String service) {
        return Objects.requireNonNull(byName().get(service), service);
    }

    /** The same with another port of one service. */
    Ports with(String service, int port) {
        return switch (service) {
            case "fitting-service" -> new Ports(port, dataset, trainer, kafka, controller, postgres, replaceable);
            case "dataset-service" -> new Ports(fitting, port, trainer, kafka, controller, postgres, replaceable);
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
        ports.put("fitting-service", fitting);
        ports.put("dataset-service", dataset);
        ports.put("trainer-service", trainer);
        ports.put("Kafka", kafka);
        ports.put("Kafka controller", controller);
        ports.put("PostgreSQL", postgres);
        return ports;
    }
}
