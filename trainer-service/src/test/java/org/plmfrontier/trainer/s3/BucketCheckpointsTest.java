package org.plmfrontier.trainer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.CheckpointStoreContract;

class BucketCheckpointsTest extends CheckpointStoreContract {
    @TempDir
    Path folder;

    private BucketScene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new BucketScene(folder);
    }

    @AfterEach
    void nothingIsLeftOnTheWay() throws IOException {
        assertThat(scene.spooled()).isEmpty();
        assertThat(scene.server.openUploads()).isZero();
        assertThat(scene.server.objects().keySet()).allMatch(key -> key.startsWith("some/prefix/"));
        scene.close();
    }

    @Override
    protected CheckpointStore storeOf(String trainer) {
        return scene.store(trainer);
    }
}
