package org.plmfrontier.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for suites beside others and for tests. They lie below the range from which the system gives ports to outgoing
 * connections, so that none of these takes one before its service listens. Thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int USUAL_FIRST_OF_CONNECTIONS = 32_768;
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int TRIES = 1_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /**
     * A port of 127.0.0.1 on which nothing listens at the moment; never the same twice in one process.
     *
     * @throws IOException where none is found
     */
    public static int next() throws IOException {
        int end = firstOfConnections();
        for (int attempt = 0; attempt < TRIES && end > LOWEST; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The first port that the system may give to a connection. */
    static int firstOfConnections() throws IOException {
        if (!Files.exists(RANGE)) {
            return USUAL_FIRST_OF_CONNECTIONS;
        }
        // Such a file gives its content to one read alone, which must be large enough.
        try (BufferedReader reader = Files.newBufferedReader(RANGE)) {
            return Integer.parseInt(String.valueOf(reader.readLine()).strip().split("\\s+", 2)[0]);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
