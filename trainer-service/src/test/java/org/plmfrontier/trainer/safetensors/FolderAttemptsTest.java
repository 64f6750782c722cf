package org.plmfrontier.trainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.trainer.checkpoint.Attempts;

class FolderAttemptsTest {
    @TempDir
    Path folder;

    @Test
    void attemptsOfAllTrainersAtOneRecordAreCountedUntilTheyEnd() throws IOException {
        Attempts one = new FolderAttempts(folder, "one");
        Attempts two = new FolderAttempts(folder, "two");
        assertThat(one.open("r", "0-7")).isZero();
        Attempts.Attempt first = one.begin("r", "0-7");
        Attempts.Attempt again = new FolderAttempts(folder, "one").begin("r", "0-7");
        Attempts.Attempt other = two.begin("r", "0-7");
        assertThat(two.open("r", "0-7")).isEqualTo(3);
        assertThat(two.open("r", "0-70")).as("another record").isZero();
        assertThat(two.open("s", "0-7")).as("another run").isZero();
        again.end();
        again.end();
        assertThat(one.open("r", "0-7")).isEqualTo(2);
        one.clear("r");
        assertThat(one.open("r", "0-7")).isZero();
        first.end();
        other.end();
        one.clear("r");
        assertThat(new FolderCheckpoints(folder, "one").runs()).isEmpty();
    }
}
