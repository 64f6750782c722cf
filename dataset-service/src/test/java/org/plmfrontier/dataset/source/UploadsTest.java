package org.plmfrontier.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.runtime.disk.DiskQuota;
import org.plmfrontier.runtime.disk.NoRoomException;

class UploadsTest {
    private static final Duration TWO_DAYS = Duration.ofDays(2);

    @TempDir
    Path temporary;

    private Path folder;
    private Uploads uploads;

    @BeforeEach
    void empty() {
        folder = temporary.resolve("uploads");
        uploads = open(1000);
    }

    @Test
    void aFileIsKeptUnderItsNameWithItsHash() throws Exception {
        Uploads.Upload kept = keep("proteins.fasta", ">a\nMKV\n");
        assertThat(Path.of(kept.address())).hasContent(">a\nMKV\n").hasFileName("proteins.fasta");
        assertThat(kept.bytes()).isEqualTo(7);
        assertThat(kept.sha256()).hasSize(64);
        assertThat(Path.of(kept.address()).getParent()).hasFileName(kept.sha256());
        assertThat(files()).hasSize(1);
    }

    @Test
    void theSameContentIsKeptOnceUnderItsFirstName() throws Exception {
        Uploads.Upload first = keep("one.fasta", ">a\nMKV\n");
        Uploads.Upload second = keep("two.fasta", ">a\nMKV\n");
        assertThat(second).isEqualTo(first);
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a.fasta", "/a.fasta", ".hidden", "a b.fasta", "a\u0000", "..", "é.fasta"})
    void aNameThatIsNoneIsRefusedBeforeAByteIsRead(String name) {
        InputStream untouched = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("it was read");
            }
        };
        assertThatThrownBy(() -> uploads.keep(name, "", untouched))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("name must be");
        assertThat(folder).doesNotExist();
    }

    @Test
    void anEmptyFileIsRefusedAndLeavesNothing() throws Exception {
        assertThatThrownBy(() -> keep("a.fasta", ""))
                .isInstanceOf(RefusedException.class)
                .hasMessage("a.fasta is empty");
        assertThat(files()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksLeavesNothingAndItsRoomIsFree() throws Exception {
        InputStream broken = new InputStream() {
            private int sent;

            @Override
            public int read() throws IOException {
                if (sent++ >= 900) {
                    throw new IOException("connection reset");
                }
                return 'A';
            }
        };
        assertThatThrownBy(() -> uploads.keep("a.fasta", "", broken)).hasMessage("connection reset");
        assertThat(files()).isEmpty();
        keep("b.fasta", "A".repeat(1000));
    }

    @Test
    void whatIsKeptCountsAlsoAfterARestart() throws Exception {
        keep("a.fasta", "A".repeat(700));
        uploads = open(1000);
        assertThatThrownBy(() -> keep("b.fasta", "B".repeat(400)))
                .isInstanceOf(NoRoomException.class)
                .hasMessageContaining("700 of 1000")
                .hasMessageContaining("dataset.uploads.total-bytes");
        keep("c.fasta", "C".repeat(300));
    }

    @Test
    void thePartsOfAKilledProcessAreDeleted() throws Exception {
        Files.createDirectories(folder);
        Path part = Files.createFile(folder.resolve("upload-999999999999-7.part"));
        open(1000);
        assertThat(part).doesNotExist();
    }

    @Test
    void whatNoCorpusIsMadeOfIsDeletedAfterADayAndItsRoomIsFree() throws Exception {
        Uploads.Upload used = keep("used.fasta", "A".repeat(400));
        Uploads.Upload unused = keep("unused.fasta", "B".repeat(500));
        uploads.sweep(Set.of(used.address()), Instant.now());
        assertThat(Path.of(unused.address())).exists();
        uploads.sweep(Set.of(used.address()), Instant.now().plus(TWO_DAYS));
        assertThat(Path.of(used.address())).exists();
        assertThat(Path.of(unused.address()).getParent()).doesNotExist();
        keep("more.fasta", "C".repeat(600));
    }

    private Uploads.Upload keep(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return uploads.keep(name, Integer.toString(bytes.length), new ByteArrayInputStream(bytes));
    }

    private Uploads open(long totalBytes) {
        return new Uploads(new DiskQuota(new DiskQuota.Limits(folder, 2000, totalBytes, 0, "dataset.uploads")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
