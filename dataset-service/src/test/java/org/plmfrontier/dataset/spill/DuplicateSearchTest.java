package org.plmfrontier.dataset.spill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.dataset.fingerprint.Fingerprint;

class DuplicateSearchTest {
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void everyRepetitionIsFoundAndTheFirstIsNoneHoweverLittleMemoryThereIs() throws IOException {
        System.out.println("seed " + SEED);
        for (long memory : new long[] {1 << 20, 700}) {
            SplittableRandom random = new SplittableRandom(SEED);
            Set<Integer> seen = new HashSet<>();
            List<Long> expected = new ArrayList<>();
            List<Long> found = new ArrayList<>();
            try (DuplicateSearch search = new DuplicateSearch(folder.resolve("m" + memory), memory)) {
                for (long place = 0; place < 5000; place++) {
                    int thing = random.nextInt(3000);
                    if (!seen.add(thing)) {
                        expected.add(place);
                    }
                    search.add(fingerprint(thing), place);
                }
                search.repetitions(found::add);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void oneThingOverAndOverIsFoundThoughNoKeyCanSplitIt() throws IOException {
        List<Long> found = new ArrayList<>();
        try (DuplicateSearch search = new DuplicateSearch(folder, 100)) {
            for (long place = 0; place < 1000; place++) {
                search.add(fingerprint(1), place);
            }
            search.repetitions(found::add);
        }
        assertThat(found).hasSize(999).doesNotContain(0L);
    }

    private static Fingerprint fingerprint(int thing) {
        byte[] bytes = ("thing " + thing).getBytes(StandardCharsets.US_ASCII);
        return Fingerprint.of(bytes, bytes.length);
    }
}
