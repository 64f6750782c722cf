package org.plmfrontier.dataset.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what a test wants, byte by byte, one request per connection. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    /**
     * What was asked.
     *
     * @param offset first byte of the range, 0 without one
     * @param headers by name in lower case
     */
    record Request(String method, String target, int offset, Map<String, String> headers) {
        boolean isHead() {
            return method.equals("HEAD");
        }
    }

    /** Writes a whole answer; the connection is closed after it. */
    interface Script {
        void answer(Request request, OutputStream out) throws IOException;
    }

    ScriptedServer() throws IOException {
        this(InetAddress.getLoopbackAddress());
    }

    /** @param address of this machine where it listens */
    ScriptedServer(InetAddress address) throws IOException {
        this.socket = new ServerSocket(0, 50, address);
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * Answers what is asked of a path.
     *
     * @param path without query
     * @return its address
     */
    String on(String path, Script script) {
        scripts.put(path, script);
        return "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + path;
    }

    List<Request> requests() {
        return requests;
    }

    /** An answer's head. */
    static void head(OutputStream out, String status, String... fields) throws IOException {
        String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        out.write(("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + lines + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                System.out.println("no more connections: " + e.getMessage());
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String[] line = in.readLine().split(" ");
            Map<String, String> headers = new HashMap<>();
            for (String next = in.readLine(); !next.isEmpty(); next = in.readLine()) {
                String[] field = next.split(": *", 2);
                headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
            }
            String range = headers.getOrDefault("range", "bytes=0-").replaceAll("\\D*(\\d+)-.*", "$1");
            Request request = new Request(line[0], line[1], Integer.parseInt(range), headers);
            requests.add(request);
            Script script = scripts.get(line[1].replaceAll("\\?.*", ""));
            if (script == null) {
                head(connection.getOutputStream(), "404 Not Found", "Content-Length: 0");
            } else {
                script.answer(request, connection.getOutputStream());
            }
        } catch (SocketException e) {
            System.out.println("a client went away: " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
