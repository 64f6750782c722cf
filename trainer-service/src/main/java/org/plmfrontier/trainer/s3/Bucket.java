package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.plmfrontier.runtime.retry.FailureSentence;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects below a prefix of one bucket. What fails is said in one sentence with the object's address, and is an
 * {@link IOException}: it may go better later. Thread-safe.
 */
public final class Bucket implements AutoCloseable {
    /** Attempts at a request, the sending of its bytes included, take at most so many times the silence allowed. */
    private static final int SILENCES = 10;

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ASKING = Duration.ofSeconds(3);
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final int MOVED = 301;
    private static final int EXISTS = 412;
    /** Another conditional write of the same object is under way. */
    private static final int CONFLICT = 409;

    private final BucketAddress address;
    private final S3Client client;
    private final long partBytes;

    public Bucket(BucketAddress address, BucketSettings settings) {
        this.address = address;
        this.partBytes = settings.partBytes();
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .socketTimeout(settings.silence())
                        .connectionTimeout(CONNECTING))
                .region(Region.of(settings.region()))
                .overrideConfiguration(
                        calls -> calls.apiCallAttemptTimeout(settings.silence().multipliedBy(SILENCES)))
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(
                        settings.anonymous()
                                ? AnonymousCredentialsProvider.create()
                                : DefaultCredentialsProvider.builder().build());
        settings.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
        this.client = builder.build();
    }

    BucketAddress address() {
        return address;
    }

    /** Why the bucket cannot be used, one line, as far as can be known without writing; empty where nothing is known. */
    public Optional<String> notReadyReason() {
        try {
            client.headBucket(request ->
                    request.bucket(address.bucket()).overrideConfiguration(calls -> calls.apiCallTimeout(ASKING)));
            return Optional.empty();
        } catch (S3Exception e) {
            return Optional.of("checkpoints cannot be written: "
                    + switch (e.statusCode()) {
                        case NOT_FOUND -> "there is no bucket " + address.bucket();
                        case FORBIDDEN -> "bucket " + address.bucket() + " refuses these credentials";
                        case MOVED -> "bucket " + address.bucket() + " lies in another region (trainer.s3.region)";
                        default -> "bucket " + address.bucket() + " answers " + e.statusCode();
                    });
        } catch (SdkException e) {
            return Optional.of(
                    "checkpoints cannot be written: " + address + " cannot be reached: " + FailureSentence.of(e));
        }
    }

    /**
     * Keeps a file as an object, unless there is one of the name.
     *
     * @return whether it was kept; false where there is an object of the name, whose content stays
     */
    boolean putNew(String name, Path file) throws IOException {
        long bytes = Files.size(file);
        try {
            return bytes <= partBytes
                    ? call(name, () -> putWhole(name, new FilePart(file, 0, bytes)))
                    : call(name, () -> new MultipartUpload(client, address, name, partBytes).send(file, bytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private boolean putWhole(String name, FilePart part) {
        String checksum = checksum(part);
        return unlessThere(() -> client.putObject(
                request -> request.bucket(address.bucket())
                        .key(address.key(name))
                        .ifNoneMatch("*")
                        .checksumCRC32C(checksum),
                part.body()));
    }

    /** Keeps a short text as an object, in place of what is there. */
    void put(String name, String text) throws IOException {
        call(
                name,
                () -> client.putObject(
                        request -> request.bucket(address.bucket()).key(address.key(name)),
                        RequestBody.fromString(text)));
    }

    /** Reads an object into a file; false where there is none. */
    boolean get(String name, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Optional<GetObjectResponse> found = found(
                name,
                () -> client.getObject(
                        request -> request.bucket(address.bucket()).key(address.key(name)),
                        ResponseTransformer.toFile(file)));
        if (found.isPresent() && Files.size(file) != found.get().contentLength()) {
            throw new IOException(address.addressOf(name) + " has "
                    + found.get().contentLength() + " bytes, " + Files.size(file) + " of them came");
        }
        return found.isPresent();
    }

    /** The first bytes of an object, at most so many; empty where there is none. */
    Optional<byte[]> beginning(String name, long most) throws IOException {
        return found(
                name,
                () -> client.getObjectAsBytes(request -> request.bucket(address.bucket())
                                .key(address.key(name))
                                .range("bytes=0-" + (most - 1)))
                        .asByteArray());
    }

    /** Size of an object, bytes; empty where there is none. */
    Optional<Long> size(String name) throws IOException {
        return found(
                name,
                () -> client.headObject(
                                request -> request.bucket(address.bucket()).key(address.key(name)))
                        .contentLength());
    }

    /** Names of the objects whose name begins so, ascending. */
    List<String> names(String beginning) throws IOException {
        return call(
                beginning,
                () -> client
                        .listObjectsV2Paginator(
                                request -> request.bucket(address.bucket()).prefix(address.key(beginning)))
                        .contents()
                        .stream()
                        .map(S3Object::key)
                        .map(address::name)
                        .toList());
    }

    /** What names have in front of their first slash, ascending. */
    List<String> folders() throws IOException {
        return call(
                "",
                () -> client
                        .listObjectsV2Paginator(request -> request.bucket(address.bucket())
                                .prefix(address.key(""))
                                .delimiter("/"))
                        .commonPrefixes()
                        .stream()
                        .map(CommonPrefix::prefix)
                        .map(address::name)
                        .map(folder -> folder.substring(0, folder.length() - 1))
                        .toList());
    }

    /** Deletes an object; nothing where there is none. */
    void delete(String name) throws IOException {
        call(
                name,
                () -> client.deleteObject(
                        request -> request.bucket(address.bucket()).key(address.key(name))));
    }

    @Override
    public void close() {
        client.close();
    }

    private static String checksum(FilePart part) {
        try {
            return part.checksum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a conditional write came through; false where the object is there. */
    static boolean unlessThere(Runnable write) {
        try {
            write.run();
            return true;
        } catch (S3Exception e) {
            if (e.statusCode() == EXISTS || e.statusCode() == CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private <T> Optional<T> found(String name, Supplier<T> request) throws IOException {
        List<T> answer = new ArrayList<>(1);
        boolean there = call(name, () -> {
            try {
                return answer.add(request.get());
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND && !code(e).contains("NoSuchBucket")) {
                    return false;
                }
                throw e;
            }
        });
        return there ? Optional.of(answer.getFirst()) : Optional.empty();
    }

    private <T> T call(String name, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (S3Exception e) {
            throw new IOException(
                    address.addressOf(name) + " answers " + e.statusCode() + code(e) + ": " + FailureSentence.of(e), e);
        } catch (SdkException e) {
            throw new IOException(address.addressOf(name) + " cannot be reached: " + FailureSentence.of(e), e);
        }
    }

    /** The service's own word for a failure, in parentheses; nothing where it gave none, as to a question for a size. */
    private static String code(S3Exception failure) {
        String code = failure.awsErrorDetails() == null
                ? null
                : failure.awsErrorDetails().errorCode();
        return code == null ? "" : " (" + code + ")";
    }
}
