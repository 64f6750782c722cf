package org.plmfrontier.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;

/**
 * A server of objects in memory, one request per connection: HEAD, GET with ranges and If-Match, and the listing of a
 * bucket as S3 has it. It can break connections in the middle.
 */
public final class ObjectServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int breakAfter = Integer.MAX_VALUE;
    private final CountDownLatch flowing = new CountDownLatch(1);
    private volatile String stalled = "";
    private volatile boolean ranges = true;

    public ObjectServer() throws IOException {
        Thread.ofVirtual().start(this::accept);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    public void put(String path, byte[] content) {
        objects.put(path, content);
    }

    public void remove(String path) {
        objects.remove(path);
    }

    /** Every answer ends after this many bytes, whatever length it promised. */
    public void breakAfter(int bytes) {
        breakAfter = bytes;
    }

    /** From now on ranges are not known: every answer is whole. */
    public void forgetRanges() {
        ranges = false;
    }

    /** The content of this path does not come until {@link #flow}. */
    public void stall(String path) {
        stalled = path;
    }

    /** Whatever stalled comes from now on. */
    public void flow() {
        stalled = "";
        flowing.countDown();
    }

    /** Methods and ranges that were asked for, in order. */
    public List<String> requests() {
        return requests;
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
            String[] request = in.readLine().split(" ");
            Map<String, String> headers = new HashMap<>();
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            String range = headers.get("range");
            requests.add(request[0] + (range == null ? "" : " " + range));
            if (request[0].equals("GET") && request[1].equals(stalled)) {
                flowing.await();
            }
            answer(connection.getOutputStream(), request, headers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SocketException e) {
            System.out.println("a client went away: " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(OutputStream out, String[] request, Map<String, String> headers) throws IOException {
        String path = request[1].replaceAll("\\?.*", "");
        byte[] content = objects.get(path);
        String wanted = headers.get("if-match");
        if (request[1].contains("list-type=2")) {
            byte[] listing = list(path.replace("/", ""));
            send(out, "200 OK", "Content-Type: application/xml\r\n", listing.length, listing, 0);
        } else if (content == null) {
            send(out, "404 Not Found", "", 0, new byte[0], 0);
        } else if (wanted != null && !wanted.equals(tag(content))) {
            send(out, "412 Precondition Failed", "", 0, new byte[0], 0);
        } else {
            object(out, request[0], headers.get("range"), content);
        }
    }

    private void object(OutputStream out, String method, String range, byte[] content) throws IOException {
        boolean partial = range != null && ranges;
        int from = partial ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        String fields = "ETag: " + tag(content) + "\r\n"
                + (partial
                        ? "Content-Range: bytes %d-%d/%d%n".formatted(from, content.length - 1, content.length)
                        : "");
        byte[] body = method.equals("HEAD") ? new byte[0] : content;
        send(
                out,
                partial ? "206 Partial Content" : "200 OK",
                fields.replace("\n", "\r\n").replace("\r\r", "\r"),
                content.length - from,
                body,
                from);
    }

    private void send(OutputStream out, String status, String fields, int length, byte[] body, int from)
            throws IOException {
        String head = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + length + "\r\n" + fields;
        out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(body, Math.min(from, body.length), Math.min(breakAfter, Math.max(0, body.length - from)));
        out.flush();
    }

    private byte[] list(String bucket) {
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
        objects.forEach((path, content) -> {
            if (path.startsWith("/" + bucket + "/")) {
                xml.append("<Contents><Key>").append(path.substring(bucket.length() + 2));
                xml.append("</Key><ETag>").append(tag(content).replace("\"", "&quot;"));
                xml.append("</ETag><Size>").append(content.length).append("</Size></Contents>");
            }
        });
        return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String tag(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return "\"" + HexFormat.of().toHexDigits(crc.getValue()) + "\"";
    }
}
