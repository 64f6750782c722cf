package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * A large file sent in parts, each with its CRC-32C. The object is there once all of them are and the service has put them
 * together, or not at all; what was sent of one that fails is taken back.
 *
 * @param name of the object
 * @param partBytes usual size of a part; larger where there would be more than {@value #MOST_PARTS}
 */
record MultipartUpload(S3Client client, BucketAddress address, String name, long partBytes) {
    private static final int MOST_PARTS = 9_000;

    /**
     * Sends a file.
     *
     * @return whether it was kept; false where there is an object of the name
     * @throws UncheckedIOException where the file cannot be read
     */
    boolean send(Path file, long bytes) {
        String upload = client.createMultipartUpload(request -> request.bucket(address.bucket())
                        .key(address.key(name))
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C))
                .uploadId();
        try {
            List<CompletedPart> parts = sendParts(upload, file, bytes);
            boolean kept =
                    Bucket.unlessThere(() -> client.completeMultipartUpload(request -> request.bucket(address.bucket())
                            .key(address.key(name))
                            .uploadId(upload)
                            .ifNoneMatch("*")
                            .multipartUpload(all -> all.parts(parts))));
            if (!kept) {
                abort(upload);
            }
            return kept;
        } catch (RuntimeException e) {
            abort(upload, e);
            throw e;
        }
    }

    private List<CompletedPart> sendParts(String upload, Path file, long bytes) {
        long size = Math.max(partBytes, (bytes + MOST_PARTS - 1) / MOST_PARTS);
        List<CompletedPart> parts = new ArrayList<>();
        for (long from = 0; from < bytes; from += size) {
            FilePart part = new FilePart(file, from, Math.min(size, bytes - from));
            parts.add(send(upload, parts.size() + 1, part));
        }
        return parts;
    }

    private CompletedPart send(String upload, int number, FilePart part) {
        String checksum;
        try {
            checksum = part.checksum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        UploadPartResponse sent = client.uploadPart(
                request -> request.bucket(address.bucket())
                        .key(address.key(name))
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumCRC32C(checksum),
                part.body());
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(sent.eTag())
                .checksumCRC32C(checksum)
                .build();
    }

    private void abort(String upload) {
        client.abortMultipartUpload(request ->
                request.bucket(address.bucket()).key(address.key(name)).uploadId(upload));
    }

    private void abort(String upload, RuntimeException cause) {
        try {
            abort(upload);
        } catch (SdkException e) {
            cause.addSuppressed(e);
        }
    }
}
