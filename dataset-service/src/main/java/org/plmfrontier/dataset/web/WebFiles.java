package org.plmfrontier.dataset.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.ContentRange;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.SourceStore;
import org.plmfrontier.dataset.source.SourceStream;
import org.plmfrontier.dataset.source.VanishedException;

/**
 * Files of web servers. The server must say how long a file is and which state of it this is; a server that refuses HEAD,
 * or answers it without that, is asked for the first byte instead. A server that falls silent is given up after a time.
 * Thread-safe.
 */
public final class WebFiles implements SourceStore {
    private static final int RANGE_BEYOND_END = 416;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebClient client;

    /** @param patience how long a server may say nothing */
    public WebFiles(Duration patience) {
        this(patience, false);
    }

    /**
     * @param patience how long a server may say nothing
     * @param nearRedirects whether a server may send on to loopback and link-local addresses
     */
    public WebFiles(Duration patience, boolean nearRedirects) {
        this.client = new WebClient(patience, nearRedirects);
    }

    /** What a server says of a file: how long it is, bytes or -1, and which state this is. */
    private record Description(
            int status,
            long bytes,
            Optional<String> version,
            @Nullable String modified) {
        boolean isComplete() {
            return status == HttpURLConnection.HTTP_OK && bytes > 0 && version.isPresent();
        }

        /** With what another answer about the same file says and this one does not. */
        Description completed(Description other) {
            boolean silent = bytes < 0 && other.bytes > 0;
            return new Description(
                    status,
                    silent ? other.bytes : bytes,
                    version.or(other::version),
                    modified == null ? other.modified : modified);
        }
    }

    @Override
    public boolean serves(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://");
    }

    @Override
    public boolean isPattern(String address) {
        return false;
    }

    @Override
    public List<Source> find(String field, String address, @Nullable String sha256) throws IOException {
        WebAddress asked = WebAddress.parse(field, address);
        Description file;
        try {
            file = describe(asked);
        } catch (RedirectException e) {
            throw new RefusedException(field, String.valueOf(e.getMessage()));
        }
        if (file.status() == TOO_MANY_REQUESTS || file.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw new IOException(asked.name() + " answers " + file.status() + "; ask again later");
        }
        if (file.status() != HttpURLConnection.HTTP_OK) {
            throw new RefusedException(field, asked.name() + " answers " + file.status());
        }
        if (file.bytes() < 0) {
            throw new RefusedException(field, asked.name() + " does not say its length; download it and name the file");
        }
        String version = file.version()
                .orElseThrow(() -> new RefusedException(
                        field,
                        asked.name() + " has neither a strong ETag nor a time of its last change; download it and name "
                                + "the file"));
        return List.of(new Source(address, sha256, file.bytes(), version, file.modified()));
    }

    @Override
    public SourceStream open(Source source, long offset) throws IOException {
        WebAddress asked = WebAddress.parse("sources", source.path());
        HttpURLConnection get = client.request("GET", asked, "bytes=" + offset + "-");
        int status = get.getResponseCode();
        switch (status) {
            case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_PARTIAL -> {
                return body(source, offset, get, status);
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw VanishedException.gone(source.name());
            case RANGE_BEYOND_END -> {
                long total = beyond(get).orElse(source.bytes());
                if (total != offset) {
                    throw new IOException(
                            source.name() + " answers 416 to a request for bytes from " + offset + " on of " + total);
                }
                return new SourceStream(InputStream.nullInputStream(), total);
            }
            default -> throw new IOException(source.name() + " answers " + status);
        }
    }

    private static SourceStream body(Source source, long offset, HttpURLConnection get, int status) throws IOException {
        String range = get.getHeaderField("Content-Range");
        if (status == HttpURLConnection.HTTP_PARTIAL && range == null) {
            throw new IOException(source.name() + " answers 206 without a Content-Range");
        }
        String held = status == HttpURLConnection.HTTP_PARTIAL ? range : null;
        if (!isSame(source, get, held)) {
            throw VanishedException.changed(source.name());
        }
        return SourceStream.answered(source.name(), get.getInputStream(), offset, held, get.getContentLengthLong());
    }

    /**
     * Whether an answer is of the state of the file that was found: by the ETag, else by the time of the last change and
     * the length, since each node of a server may have ETags of its own.
     */
    private static boolean isSame(Source source, HttpURLConnection answer, @Nullable String range) {
        if (version(answer).equals(Optional.ofNullable(source.version()))) {
            return true;
        }
        long total = range == null ? answer.getContentLengthLong() : total(range);
        String modified = answer.getHeaderField("Last-Modified");
        boolean sameTime =
                modified != null && (modified.equals(source.modified()) || modified.equals(source.version()));
        return sameTime && total == source.bytes();
    }

    /** By HEAD, and where that does not say enough by the first byte. */
    private Description describe(WebAddress asked) throws IOException {
        Description head;
        try {
            head = head(asked);
        } catch (NoConnectionException | RedirectException e) {
            throw e;
        } catch (IOException e) {
            head = new Description(0, SourceStream.UNKNOWN, Optional.empty(), null);
        }
        return head.isComplete() ? head : firstByte(asked).completed(head);
    }

    private Description head(WebAddress asked) throws IOException {
        HttpURLConnection head = client.request("HEAD", asked, null);
        return new Description(
                head.getResponseCode(),
                head.getContentLengthLong(),
                version(head),
                head.getHeaderField("Last-Modified"));
    }

    private Description firstByte(WebAddress asked) throws IOException {
        HttpURLConnection get = client.request("GET", asked, "bytes=0-0");
        try {
            int status = get.getResponseCode();
            Optional<Long> empty =
                    status == RANGE_BEYOND_END ? beyond(get).filter(total -> total == 0) : Optional.empty();
            String range = get.getHeaderField("Content-Range");
            long bytes = switch (status) {
                case HttpURLConnection.HTTP_OK -> get.getContentLengthLong();
                case HttpURLConnection.HTTP_PARTIAL -> range == null ? SourceStream.UNKNOWN : total(range);
                default -> empty.orElse(SourceStream.UNKNOWN);
            };
            boolean good = status == HttpURLConnection.HTTP_PARTIAL || empty.isPresent();
            return new Description(
                    good ? HttpURLConnection.HTTP_OK : status,
                    bytes,
                    version(get),
                    get.getHeaderField("Last-Modified"));
        } finally {
            get.disconnect();
        }
    }

    private static long total(String range) {
        return ContentRange.parse(range).map(ContentRange::total).orElse(SourceStream.UNKNOWN);
    }

    private static Optional<Long> beyond(HttpURLConnection answer) {
        return Optional.ofNullable(answer.getHeaderField("Content-Range")).flatMap(ContentRange::totalBeyond);
    }

    private static Optional<String> version(HttpURLConnection answer) {
        return Optional.ofNullable(answer.getHeaderField("ETag"))
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> Optional.ofNullable(answer.getHeaderField("Last-Modified")));
    }
}
