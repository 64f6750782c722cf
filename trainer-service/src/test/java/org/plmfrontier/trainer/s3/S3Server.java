package org.plmfrontier.trainer.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * One bucket by the protocol of S3, in memory: objects, ranges, lists in pages of {@value #PAGE}, uploads in parts, conditional
 * writes, checksums. And its faults. Thread-safe.
 */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "states";
    static final String KEY_ID = "known";
    private static final int PAGE = 3;
    private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

    /** An answer other than that of the protocol. */
    private static final class Failure extends Exception {
        private final int status;
        private final String code;

        Failure(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Map<String, TreeMap<Integer, byte[]>> uploads = new ConcurrentHashMap<>();
    private final Set<String> hidden = ConcurrentHashMap.newKeySet();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean readOnly;
    private volatile boolean gone;
    private volatile Duration silence = Duration.ZERO;
    private volatile Predicate<String> torn = target -> false;
    private volatile Runnable beforeWrite = () -> {};

    S3Server() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Keys and contents, ascending. */
    Map<String, byte[]> objects() {
        return objects;
    }

    /** Uploads in parts that were neither put together nor taken back. */
    int openUploads() {
        return uploads.size();
    }

    int requests() {
        return requests.get();
    }

    /** The next requests, so many, are answered 503. */
    void busyFor(int count) {
        busy.set(count);
    }

    /** Nobody may write. */
    void readOnly() {
        readOnly = true;
    }

    /** There is no such bucket. */
    void withoutBucket() {
        gone = true;
    }

    /** Every answer takes so long. */
    void silentFor(Duration time) {
        silence = time;
    }

    /** Connections of requests whose path and query this accepts end without an answer. */
    void tears(Predicate<String> target) {
        torn = target;
    }

    /** Called once before the next object is written. */
    void beforeTheNextWrite(Runnable action) {
        beforeWrite = () -> {
            beforeWrite = () -> {};
            action.run();
        };
    }

    /** Lists do not have the object yet. */
    void hideFromLists(String key) {
        hidden.add(key);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestURI().toString();
        try {
            Thread.sleep(silence);
            if (torn.test(exchange.getRequestMethod() + " " + target)) {
                exchange.close();
                return;
            }
            requireAllowed(exchange);
            answer(exchange, body);
        } catch (Failure e) {
            String xml = "<Error><Code>" + e.code + "</Code><Message>" + e.code + " of the test</Message></Error>";
            send(exchange, e.status, xml.getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    private void requireAllowed(HttpExchange exchange) throws Failure {
        if (busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new Failure(503, "SlowDown");
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null || !authorization.contains("Credential=" + KEY_ID + "/")) {
            throw new Failure(403, "InvalidAccessKeyId");
        }
        if (gone || !exchange.getRequestURI().getPath().startsWith("/" + BUCKET)) {
            throw new Failure(404, "NoSuchBucket");
        }
        if (readOnly && !Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            throw new Failure(403, "AccessDenied");
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException, Failure {
        String key = exchange.getRequestURI().getPath().substring(BUCKET.length() + 1);
        key = key.startsWith("/") ? key.substring(1) : key;
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        switch (exchange.getRequestMethod()) {
            case "HEAD", "GET" -> read(exchange, key, query);
            case "PUT" -> write(exchange, key, query, body);
            case "POST" -> upload(exchange, key, query, body);
            case "DELETE" -> {
                if (query.containsKey("uploadId")) {
                    uploads.remove(query.get("uploadId"));
                } else {
                    objects.remove(key);
                }
                send(exchange, 204, new byte[0]);
            }
            default -> throw new Failure(405, "MethodNotAllowed");
        }
    }

    private void read(HttpExchange exchange, String key, Map<String, String> query) throws IOException, Failure {
        if (key.isEmpty()) {
            send(exchange, 200, query.containsKey("list-type") ? list(query) : new byte[0]);
            return;
        }
        byte[] content = objects.get(key);
        if (content == null) {
            throw new Failure(404, "NoSuchKey");
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, content);
            return;
        }
        int end = (int) Math.min(content.length, Long.parseLong(range.replaceFirst("bytes=0-", "")) + 1);
        exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + (end - 1) + "/" + content.length);
        send(exchange, 206, Arrays.copyOf(content, end));
    }

    private byte[] list(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("continuation-token", "");
        boolean flat = !query.containsKey("delimiter");
        Set<String> entries = new TreeSet<>();
        for (String key : objects.keySet()) {
            if (key.startsWith(prefix) && !hidden.contains(key)) {
                int slash = key.indexOf('/', prefix.length());
                entries.add(flat || slash < 0 ? key : key.substring(0, slash + 1));
            }
        }
        List<String> left =
                entries.stream().filter(entry -> entry.compareTo(after) > 0).toList();
        List<String> page = left.stream().limit(PAGE).toList();
        StringBuilder xml = new StringBuilder("<ListBucketResult>");
        for (String entry : page) {
            xml.append(
                    entry.endsWith("/")
                            ? "<CommonPrefixes><Prefix>" + entry + "</Prefix></CommonPrefixes>"
                            : "<Contents><Key>" + entry + "</Key></Contents>");
        }
        boolean more = left.size() > page.size();
        xml.append("<IsTruncated>").append(more).append("</IsTruncated>");
        if (more) {
            xml.append("<NextContinuationToken>").append(page.getLast()).append("</NextContinuationToken>");
        }
        return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(HttpExchange exchange, String key, Map<String, String> query, byte[] body)
            throws IOException, Failure {
        requireChecksum(exchange, body);
        if (query.containsKey("partNumber")) {
            TreeMap<Integer, byte[]> parts = parts(query);
            synchronized (parts) {
                parts.put(Integer.valueOf(query.get("partNumber")), body);
            }
        } else {
            keep(exchange, key, body);
        }
        exchange.getResponseHeaders().set("ETag", "\"" + Arrays.hashCode(body) + "\"");
        send(exchange, 200, new byte[0]);
    }

    private void upload(HttpExchange exchange, String key, Map<String, String> query, byte[] body)
            throws IOException, Failure {
        if (query.containsKey("uploads")) {
            String id = "upload-" + requests.get();
            uploads.put(id, new TreeMap<>());
            String xml =
                    "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>";
            send(exchange, 200, xml.getBytes(StandardCharsets.UTF_8));
            return;
        }
        TreeMap<Integer, byte[]> parts = parts(query);
        List<Integer> named = PART.matcher(new String(body, StandardCharsets.UTF_8))
                .results()
                .map(found -> Integer.valueOf(found.group(1)))
                .toList();
        if (!named.equals(List.copyOf(parts.keySet()))) {
            throw new Failure(400, "InvalidPart");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.values().forEach(whole::writeBytes);
        keep(exchange, key, whole.toByteArray());
        uploads.remove(query.get("uploadId"));
        send(
                exchange,
                200,
                "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>"
                        .getBytes(StandardCharsets.UTF_8));
    }

    private TreeMap<Integer, byte[]> parts(Map<String, String> query) throws Failure {
        TreeMap<Integer, byte[]> parts = uploads.get(query.getOrDefault("uploadId", ""));
        if (parts == null) {
            throw new Failure(404, "NoSuchUpload");
        }
        return parts;
    }

    private void keep(HttpExchange exchange, String key, byte[] content) throws Failure {
        beforeWrite.run();
        if ("*".equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            if (objects.putIfAbsent(key, content) != null) {
                throw new Failure(412, "PreconditionFailed");
            }
        } else {
            objects.put(key, content);
        }
    }

    private static void requireChecksum(HttpExchange exchange, byte[] body) throws Failure {
        String wanted = exchange.getRequestHeaders().getFirst("x-amz-checksum-crc32c");
        CRC32C crc = new CRC32C();
        crc.update(body);
        byte[] digest = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        if (wanted != null && !wanted.equals(Base64.getEncoder().encodeToString(digest))) {
            throw new Failure(400, "BadDigest");
        }
    }

    private static Map<String, String> query(String raw) {
        return raw == null
                ? Map.of()
                : Arrays.stream(raw.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0],
                                pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
