package org.plmfrontier.dataset.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.SourceStore;
import org.plmfrontier.dataset.source.VanishedException;

/**
 * Files of web servers. The server must say how long a file is and which state of it this is. A server that falls
 * silent is given up after a time. Thread-safe.
 */
public final class WebFiles implements SourceStore {
    private static final int RANGE_BEYOND_END = 416;

    private final Duration patience;

    /** @param patience how long a server may say nothing */
    public WebFiles(Duration patience) {
        this.patience = patience;
    }

    @Override
    public boolean serves(String address) {
        return address.startsWith("http://") || address.startsWith("https://");
    }

    @Override
    public List<Source> find(String field, String address, @Nullable String sha256) throws IOException {
        HttpURLConnection head = connect(address);
        head.setRequestMethod("HEAD");
        if (head.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new RefusedException(field, address + " answers " + head.getResponseCode());
        }
        long bytes = head.getContentLengthLong();
        if (bytes < 0) {
            throw new RefusedException(field, address + " does not say its length");
        }
        String version = version(head)
                .orElseThrow(() -> new RefusedException(
                        field, address + " has neither a strong ETag nor a time of its last change"));
        return List.of(new Source(address, sha256, bytes, version));
    }

    @Override
    public InputStream open(Source source, long offset) throws IOException {
        HttpURLConnection get = connect(source.path());
        get.setRequestProperty("Range", "bytes=" + offset + "-");
        int status = get.getResponseCode();
        switch (status) {
            case HttpURLConnection.HTTP_OK, HttpURLConnection.HTTP_PARTIAL -> {
                if (!version(get).equals(Optional.ofNullable(source.version()))) {
                    throw VanishedException.changed(source.path());
                }
                InputStream body = get.getInputStream();
                body.skipNBytes(status == HttpURLConnection.HTTP_OK ? offset : 0);
                return body;
            }
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                throw VanishedException.gone(source.path());
            case RANGE_BEYOND_END -> {
                return InputStream.nullInputStream();
            }
            default -> throw new IOException(source.path() + " answers " + status);
        }
    }

    private HttpURLConnection connect(String address) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(patience.toMillis()));
        connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
        return connection;
    }

    private static Optional<String> version(HttpURLConnection answer) {
        return Optional.ofNullable(answer.getHeaderField("ETag"))
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> Optional.ofNullable(answer.getHeaderField("Last-Modified")));
    }
}
