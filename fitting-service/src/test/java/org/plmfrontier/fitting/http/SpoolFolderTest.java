package org.plmfrontier.fitting.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.runtime.disk.DiskQuota;
import org.plmfrontier.runtime.disk.NoRoomException;

class SpoolFolderTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatSaysItIsTooLargeIsRefusedBeforeAByteIsRead() {
        SpoolFolder spools = folder(100, 1000, 0);
        NoRoomException refused = refusal(() -> spools.spool(
                output -> {
                    throw new AssertionError("it was read");
                },
                "101",
                ""));
        assertThat(refused.reason()).isEqualTo(NoRoomException.Reason.TOO_LARGE);
        assertThat(refused).hasMessageContaining("100 bytes").hasMessageContaining("fitting.imports.file-bytes");
    }

    @Test
    void aFileThatIsTooLargeWithoutSayingSoIsRefusedAndLeavesNothing() throws Exception {
        SpoolFolder spools = folder(100, 1000, 0);
        assertThat(refusal(() -> spools.spool(bytes(101), null, "")).reason())
                .isEqualTo(NoRoomException.Reason.TOO_LARGE);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
        spools.spool(bytes(100), null, "").close();
    }

    @Test
    void filesTogetherAreBoundedUntilTheyAreClosed() throws Exception {
        SpoolFolder spools = folder(100, 150, 0);
        try (Spool first = spools.spool(bytes(90), "90", "")) {
            assertThat(first.hash()).hasSize(64);
            NoRoomException refused = refusal(() -> spools.spool(bytes(90), "90", ""));
            assertThat(refused.reason()).isEqualTo(NoRoomException.Reason.BUSY);
            assertThat(refused).hasMessageContaining("90 of 150");
        }
        spools.spool(bytes(90), "90", "").close();
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAtTheStartAndWhatALivingOneHoldsIsNot() throws Exception {
        Path own = Files.createFile(
                folder.resolve("import-" + ProcessHandle.current().pid() + "-5.csv"));
        Path dead = Files.createFile(folder.resolve("import-999999999999-7.csv"));
        Path old = Files.createFile(folder.resolve("import-123.csv"));
        Path living = Files.createFile(folder.resolve("import-1-9.csv"));
        Path foreign = Files.createFile(folder.resolve("losses.csv"));
        SpoolFolder spools = folder(100, 1000, 0);
        assertThat(own).doesNotExist();
        assertThat(dead).doesNotExist();
        assertThat(old).doesNotExist();
        assertThat(living).exists();
        assertThat(foreign).exists();
        try (Spool spool = spools.spool(bytes(9), "9", "");
                Stream<Path> files = Files.list(folder)) {
            assertThat(spool.hash()).hasSize(64);
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void whatTheDiskNeedsStaysFree() {
        SpoolFolder spools = folder(100, 1000, Long.MAX_VALUE);
        NoRoomException refused = refusal(() -> spools.spool(bytes(1), "1", ""));
        assertThat(refused.reason()).isEqualTo(NoRoomException.Reason.FULL);
        assertThat(refused).hasMessageContaining("fitting.imports.free-bytes");
    }

    private SpoolFolder folder(long fileBytes, long totalBytes, long freeBytes) {
        return new SpoolFolder(
                new DiskQuota(new DiskQuota.Limits(folder, fileBytes, totalBytes, freeBytes, "fitting.imports")));
    }

    private static ByteArrayInputStream bytes(int number) {
        return new ByteArrayInputStream(new byte[number]);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static NoRoomException refusal(Work work) {
        return catchThrowableOfType(NoRoomException.class, work::run);
    }
}
