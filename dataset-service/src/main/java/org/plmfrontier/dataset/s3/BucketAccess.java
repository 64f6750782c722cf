package org.plmfrontier.dataset.s3;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * How buckets are reached. Credentials come from the environment (AWS_ACCESS_KEY_ID and its kin, profile files,
 * instance roles) unless access is anonymous. The client is made at the first use. Thread-safe.
 */
public final class BucketAccess implements BucketFiles.Clients, AutoCloseable {
    private final Optional<URI> endpoint;
    private final String region;
    private final boolean anonymous;
    private Optional<S3Client> client = Optional.empty();

    /** @param endpoint of a service other than Amazon's; its buckets are named in the path */
    public BucketAccess(Optional<URI> endpoint, String region, boolean anonymous) {
        this.endpoint = endpoint;
        this.region = region;
        this.anonymous = anonymous;
    }

    @Override
    public synchronized S3Client get() {
        S3Client known = client.orElseGet(this::make);
        client = Optional.of(known);
        return known;
    }

    @Override
    public synchronized void close() {
        client.ifPresent(S3Client::close);
    }

    private S3Client make() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .credentialsProvider(
                        anonymous
                                ? AnonymousCredentialsProvider.create()
                                : DefaultCredentialsProvider.builder().build());
        endpoint.ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
        return builder.build();
    }
}
