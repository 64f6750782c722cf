package org.plmfrontier.dataset.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Credentials;
import org.plmfrontier.dataset.source.Glob;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.SourceStore;
import org.plmfrontier.dataset.source.SourceStream;
import org.plmfrontier.dataset.source.VanishedException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of S3-compatible buckets, {@code s3://bucket/key}; a key may be a pattern. Thread-safe. */
public final class BucketFiles implements SourceStore {
    private static final String SCHEME = "s3://";

    private final Clients clients;

    /** Gives the client; a failure to make one is the asker's to hear. */
    public interface Clients {
        S3Client get();
    }

    public BucketFiles(Clients clients) {
        this.clients = clients;
    }

    @Override
    public boolean serves(String address) {
        return address.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    @Override
    public boolean isPattern(String address) {
        return Glob.isPattern(key(address));
    }

    @Override
    public List<Source> find(String field, String named, @Nullable String sha256) throws IOException {
        String address = SCHEME + named.substring(SCHEME.length());
        if (bucket(address).contains("@")) {
            throw new RefusedException(
                    field,
                    Credentials.hidden(address) + " names a user; credentials of buckets come from the environment");
        }
        String bucket = bucket(address);
        String key = key(address);
        if (bucket.isEmpty() || key.isEmpty()) {
            throw new RefusedException(field, address + " is not of the form s3://bucket/key");
        }
        try {
            return Glob.isPattern(key) ? matching(field, bucket, key) : List.of(head(address, sha256));
        } catch (S3Exception e) {
            if (e.statusCode() == 404 || e.statusCode() == 403) {
                throw new RefusedException(field, address + " answers " + e.statusCode());
            }
            throw new IOException(address + " answers " + e.statusCode() + ": " + e.getMessage(), e);
        } catch (SdkException e) {
            throw new IOException(address + " cannot be reached: " + e.getMessage(), e);
        }
    }

    @Override
    public SourceStream open(Source source, long offset) throws IOException {
        if (offset >= source.bytes()) {
            return new SourceStream(InputStream.nullInputStream(), source.bytes());
        }
        try {
            ResponseInputStream<GetObjectResponse> answer = clients.get()
                    .getObject(request -> request.bucket(bucket(source.path()))
                            .key(key(source.path()))
                            .ifMatch(source.version())
                            .range("bytes=" + offset + "-"));
            return SourceStream.answered(
                    source.name(),
                    answer,
                    offset,
                    answer.response().contentRange(),
                    Objects.requireNonNullElse(answer.response().contentLength(), SourceStream.UNKNOWN));
        } catch (S3Exception e) {
            throw switch (e.statusCode()) {
                case 404 -> VanishedException.gone(source.path());
                case 412 -> VanishedException.changed(source.path());
                default -> new IOException(source.path() + " answers " + e.statusCode() + ": " + e.getMessage(), e);
            };
        } catch (SdkException e) {
            throw new IOException(source.path() + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private Source head(String address, @Nullable String sha256) {
        HeadObjectResponse head = clients.get()
                .headObject(request -> request.bucket(bucket(address)).key(key(address)));
        return new Source(address, sha256, head.contentLength(), head.eTag());
    }

    private List<Source> matching(String field, String bucket, String pattern) {
        List<Source> found = clients
                .get()
                .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(Glob.prefix(pattern)))
                .contents()
                .stream()
                .filter(object -> Glob.matches(pattern, object.key()))
                .map(object -> source(bucket, object))
                .toList();
        if (found.isEmpty()) {
            throw new RefusedException(field, "no object matches " + SCHEME + bucket + "/" + pattern);
        }
        return found;
    }

    private static Source source(String bucket, S3Object object) {
        return new Source(SCHEME + bucket + "/" + object.key(), null, object.size(), object.eTag());
    }

    private static String bucket(String address) {
        return address.substring(SCHEME.length(), end(address));
    }

    private static String key(String address) {
        return address.substring(Math.min(address.length(), end(address) + 1));
    }

    private static int end(String address) {
        int slash = address.indexOf('/', SCHEME.length());
        return slash < 0 ? address.length() : slash;
    }
}
