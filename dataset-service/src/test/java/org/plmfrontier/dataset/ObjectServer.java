package org.plmfrontier.dataset;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32;

/**
 * A server of objects in memory: HEAD, GET with ranges and If-Match, and the listing of a bucket as S3 has it. It can
 * break connections in the middle.
 */
public final class ObjectServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile boolean ranges = true;

    public ObjectServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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

    /** Methods and ranges that were asked for, in order. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(exchange.getRequestMethod() + (range == null ? "" : " " + range));
            String query = exchange.getRequestURI().getQuery();
            if (query != null && query.contains("list-type=2")) {
                list(exchange, path.replace("/", ""));
            } else if (!objects.containsKey(path)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer(exchange, objects.get(path), range);
            }
        }
    }

    private void answer(HttpExchange exchange, byte[] content, String range) throws IOException {
        String tag = tag(content);
        exchange.getResponseHeaders().set("ETag", tag);
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        if (wanted != null && !wanted.equals(tag)) {
            exchange.sendResponseHeaders(412, -1);
            return;
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        int from = range == null || !ranges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(range == null || !ranges ? 200 : 206, content.length - from);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(Arrays.copyOfRange(content, from, Math.min(content.length, from + breakAfter)));
        } catch (IOException e) {
            System.out.println("connection broken on purpose: " + e.getMessage());
        }
    }

    private void list(HttpExchange exchange, String bucket) throws IOException {
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
        objects.forEach((path, content) -> {
            if (path.startsWith("/" + bucket + "/")) {
                xml.append("<Contents><Key>").append(path.substring(bucket.length() + 2));
                xml.append("</Key><ETag>").append(tag(content).replace("\"", "&quot;"));
                xml.append("</ETag><Size>").append(content.length).append("</Size></Contents>");
            }
        });
        byte[] text = xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
    }

    private static String tag(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return "\"" + HexFormat.of().toHexDigits(crc.getValue()) + "\"";
    }
}
