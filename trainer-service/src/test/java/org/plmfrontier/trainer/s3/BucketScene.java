package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;

/** A server with one bucket, and stores in it. */
final class BucketScene implements AutoCloseable {
    static final Duration SILENCE = Duration.ofSeconds(2);
    /** States of the tests have several parts of this size. */
    static final long PART_BYTES = 4_000;

    private static final String KEY_ID = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";

    final S3Server server;
    private final Path folder;
    private final List<Bucket> open = new ArrayList<>();

    BucketScene(Path folder) throws IOException {
        this.folder = folder;
        this.server = new S3Server();
        credentials(S3Server.KEY_ID);
    }

    /** Whose key the clients made from now on find in their environment. */
    static void credentials(String keyId) {
        System.setProperty(KEY_ID, keyId);
        System.setProperty(SECRET, "secret");
    }

    Bucket bucket(String address) {
        Bucket bucket = new Bucket(
                BucketAddress.of(address),
                new BucketSettings(Optional.of(server.endpoint()), "us-east-1", false, SILENCE, PART_BYTES));
        open.add(bucket);
        return bucket;
    }

    Bucket bucket() {
        return bucket("s3://" + S3Server.BUCKET + "/some/prefix/");
    }

    BucketCheckpoints store(String trainer) {
        return new BucketCheckpoints(bucket(), spool(), files -> new FolderCheckpoints(files, trainer), this::freeMark);
    }

    /** As long as nothing is there, names are those of the folder. */
    private String freeMark() {
        int objects = server.objects().size();
        return objects == 0 ? "" : "-" + (objects + 1);
    }

    Path spool() {
        return folder.resolve("spool");
    }

    /** What lies in the spool. */
    List<Path> spooled() throws IOException {
        if (!Files.exists(spool())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(spool())) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        open.forEach(Bucket::close);
        server.close();
        System.clearProperty(KEY_ID);
        System.clearProperty(SECRET);
    }
}
