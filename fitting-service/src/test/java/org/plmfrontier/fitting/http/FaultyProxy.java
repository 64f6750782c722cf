package org.plmfrontier.fitting.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A reverse proxy before the service that fails on request: it answers itself, cuts what is open, or is not there at all.
 * One request per connection; GET only.
 */
final class FaultyProxy implements AutoCloseable {
    private final int target;
    private final int port;
    private final String header;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String failure = "";
    private volatile String path = "";
    private volatile ServerSocket server;

    /**
     * Starts on a free port.
     *
     * @param header one that is added to every answer, with its line end; empty for none
     */
    FaultyProxy(URI target, String header) throws IOException {
        this.target = target.getPort();
        this.header = header;
        server = listen(0);
        port = server.getLocalPort();
    }

    String page(String study) {
        return "http://127.0.0.1:" + port + "/#" + study;
    }

    /** Cuts all connections and answers the next so many requests for paths that end so. */
    void fail(int times, String path, int status, String type, String body) {
        this.path = path;
        failure = "HTTP/1.1 " + status + " Fault\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body;
        failures.set(times);
        cut();
    }

    /** Failures that nobody has seen yet. */
    int failuresLeft() {
        return failures.get();
    }

    /** Closes all connections. */
    void cut() {
        open.forEach(FaultyProxy::close);
    }

    /** Refuses connections until {@link #start}. */
    void stop() throws IOException {
        server.close();
        cut();
    }

    void start() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private ServerSocket listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    open.add(client);
                    Thread.ofVirtual().start(() -> serve(client));
                } catch (IOException e) {
                    return;
                }
            }
        });
        return socket;
    }

    private void serve(Socket client) {
        try (client) {
            String request = head(client.getInputStream());
            if (request.isEmpty()) {
                return;
            }
            String asked = request.split(" ", 3)[1];
            if (asked.endsWith(path) && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                client.getOutputStream().write(failure.getBytes(ISO_8859_1));
                return;
            }
            pass(request, client);
        } catch (IOException ignored) {
            // one of the two sides is gone, which is what this proxy is for
        } finally {
            open.remove(client);
        }
    }

    private void pass(String request, Socket client) throws IOException {
        try (Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Thread watch = Thread.ofVirtual().start(() -> awaitEnd(client, service));
            String once = request.replaceAll("(?i)\r\nConnection: [^\r]*", "")
                    .replaceFirst("\r\n", "\r\nConnection: close\r\n");
            service.getOutputStream().write(once.getBytes(ISO_8859_1));
            InputStream answer = service.getInputStream();
            OutputStream out = client.getOutputStream();
            out.write(head(answer).replaceFirst("\r\n", "\r\n" + header).getBytes(ISO_8859_1));
            answer.transferTo(out);
            watch.interrupt();
        }
    }

    /** Closes the service's side when the client's is closed. */
    private static void awaitEnd(Socket client, Socket service) {
        try {
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException ignored) {
            // closed
        }
        close(service);
    }

    /** Everything up to and with the empty line; empty where there is none. */
    private static String head(InputStream input) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int sign = input.read(); sign >= 0; sign = input.read()) {
            head.write(sign);
            if (sign == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(ISO_8859_1);
            }
        }
        return "";
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
