package org.plmfrontier.trainer.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSink;
import org.plmfrontier.trainer.parameter.TensorSpec;

/**
 * Several trainers that each believe to own a run: none spoils what another one finished. Whoever writes behind a state that
 * another one named as committed has lost the run, and its write may fail.
 */
class ConcurrentCheckpointsTest {
    private static final StateLayout LAYOUT = Networks.state(ModelShape.esm2(1, 8, 2));
    private static final int WRITERS = 4;
    private static final int STEPS = 40;

    @TempDir
    Path folder;

    @Test
    void writersOfTheSameStepsNeverShowEachOtherHalfAStateNorAnothersNumbers() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        AtomicInteger whole = new AtomicInteger();
        List<Callable<Void>> work = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int seed = writer;
            work.add(() -> {
                begin.await();
                writeAll(seed, whole);
                return null;
            });
        }
        runAll(work, begin);
        System.out.println(whole.get() + " states of others were read while they were being written and deleted");
        assertThat(whole).as("states of others that were read").hasPositiveValue();
        FolderCheckpoints store = new FolderCheckpoints(folder, "reader");
        assertThat(store.names("run"))
                .hasSizeGreaterThanOrEqualTo(WRITERS)
                .allSatisfy(name -> assertThat(readIfThere(store, name)).isTrue());
        try (var files = Files.list(folder.resolve("run"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void aStateThatIsBeingReadCanBeDeletedByItsSuccessor() throws Exception {
        FolderCheckpoints old = new FolderCheckpoints(folder, "old");
        FolderCheckpoints owner = new FolderCheckpoints(folder, "owner");
        String first = save(old, 1, 7);
        try (SavedState state = old.open(first, "run", LAYOUT)) {
            String next = save(owner, 2, 8);
            owner.prune("run", Set.of(next), Set.of());
            assertThat(owner.names("run")).containsExactly(next);
            assertHolds(state, 7);
        }
    }

    @Test
    void whatAnotherTrainerIsWritingAheadIsNeitherListedNorSwept() throws Exception {
        FolderCheckpoints ahead = new FolderCheckpoints(folder, "ahead");
        FolderCheckpoints other = new FolderCheckpoints(folder, "other");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        try (ExecutorService slowDisk = Executors.newSingleThreadExecutor()) {
            Future<String> slow = slowDisk.submit(() -> ahead.save("run", progress(2), LAYOUT, sink -> {
                inside.countDown();
                waitFor(proceed);
                write(sink, 5);
            }));
            inside.await();
            String behind = save(other, 1, 4);
            other.sweep();
            other.prune("run", Set.of(behind), Set.of());
            assertThat(other.names("run")).containsExactly(behind);
            proceed.countDown();
            try (SavedState state = other.open(slow.get(), "run", LAYOUT)) {
                assertHolds(state, 5);
            }
        }
    }

    private void writeAll(int seed, AtomicInteger whole) throws IOException, CheckpointRefusedException {
        FolderCheckpoints store = new FolderCheckpoints(folder, "writer" + seed);
        String before = null;
        for (int step = 1; step <= STEPS; step++) {
            String name;
            try {
                name = save(store, step, seed);
            } catch (NoSuchFileException overtaken) {
                assertThat(overtaken).hasMessageContaining("writer" + seed);
                continue;
            }
            for (String other : store.names("run")) {
                if (readIfThere(store, other)) {
                    whole.incrementAndGet();
                }
            }
            if (before != null && step < STEPS) {
                store.prune("run", Set.of(before, name), Set.of());
            }
            before = name;
        }
    }

    /** Whether the state is there; a state that is there must be whole, and its writer's own. */
    private static boolean readIfThere(FolderCheckpoints store, String name) throws IOException {
        int writer = Integer.parseInt(name.replaceAll(".*writer(\\d+).*", "$1"));
        try (SavedState state = store.open(name, "run", LAYOUT)) {
            assertHolds(state, writer);
            return true;
        } catch (CheckpointRefusedException e) {
            assertThat(e).hasMessageContaining("no such file");
            return false;
        }
    }

    private static void assertHolds(SavedState state, int seed) throws IOException {
        for (TensorSpec tensor : LAYOUT.all()) {
            assertThat(state.read(tensor)).isEqualTo(new InitialWeights(seed).read(tensor));
        }
    }

    private static String save(FolderCheckpoints store, int step, int seed) throws IOException {
        return store.save("run", progress(step), LAYOUT, sink -> write(sink, seed));
    }

    private static void write(TensorSink sink, int seed) throws IOException {
        for (TensorSpec tensor : LAYOUT.all()) {
            sink.write(tensor, new InitialWeights(seed).read(tensor));
        }
    }

    private static RunProgress progress(int step) {
        return new RunProgress(step, step, 1, 1, 1);
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void runAll(List<Callable<Void>> work, CountDownLatch begin)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<Future<Void>> futures = work.stream().map(threads::submit).toList();
            begin.countDown();
            for (Future<Void> future : futures) {
                future.get();
            }
        }
    }
}
