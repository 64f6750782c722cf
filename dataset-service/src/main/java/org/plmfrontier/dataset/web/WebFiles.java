package org.plmfrontier.dataset.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.SourceStore;
import org.plmfrontier.dataset.source.VanishedException;

/** Files of web servers. The server must say how long a file is and which state of it this is. Thread-safe. */
public final class WebFiles implements SourceStore {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @Override
    public boolean serves(String address) {
        return address.startsWith("http://") || address.startsWith("https://");
    }

    @Override
    public List<Source> find(String field, String address, @Nullable String sha256) throws IOException {
        HttpRequest head = request(address).HEAD().build();
        HttpResponse<Void> answer = send(head, BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new RefusedException(field, address + " answers " + answer.statusCode());
        }
        long bytes = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        if (bytes < 0) {
            throw new RefusedException(field, address + " does not say its length");
        }
        String version = version(answer)
                .orElseThrow(() -> new RefusedException(
                        field, address + " has neither a strong ETag nor a time of its last change"));
        return List.of(new Source(address, sha256, bytes, version));
    }

    @Override
    public InputStream open(Source source, long offset) throws IOException {
        HttpRequest get = request(source.path())
                .header("Range", "bytes=" + offset + "-")
                .build();
        HttpResponse<InputStream> answer = send(get, BodyHandlers.ofInputStream());
        int status = answer.statusCode();
        if (status == 404 || status == 410) {
            throw VanishedException.gone(source.path());
        }
        if (!version(answer).equals(Optional.ofNullable(source.version())) && status < 300) {
            throw VanishedException.changed(source.path());
        }
        if (status == 416 && offset >= source.bytes()) {
            return InputStream.nullInputStream();
        }
        if (status != 200 && status != 206) {
            throw new IOException(source.path() + " answers " + status);
        }
        InputStream body = answer.body();
        body.skipNBytes(status == 200 ? offset : 0);
        return body;
    }

    private static HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
    }

    private static Optional<String> version(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> answer.headers().firstValue("Last-Modified"));
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) throws IOException {
        try {
            return client.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(request.uri() + " was not waited for");
        }
    }
}
