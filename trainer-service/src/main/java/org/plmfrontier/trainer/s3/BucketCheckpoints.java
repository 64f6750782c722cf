package org.plmfrontier.trainer.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.checkpoint.CheckpointRefusedException;
import org.plmfrontier.trainer.checkpoint.CheckpointStore;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.checkpoint.StateNames;
import org.plmfrontier.trainer.checkpoint.StoredState;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSource;

/**
 * Checkpoints as objects of a bucket, under the names and with the bytes of the files that a folder would hold. A state is
 * written to a file of this machine first and sent as a whole, unless there is an object of its name: nothing is ever
 * written over, so a trainer that lost its partition without noticing cannot change what a pointer names. Each name is given
 * once: a state that is made again, by this process or the next one of its name, is another object. Thread-safe.
 */
public final class BucketCheckpoints implements CheckpointStore {
    private static final String SUFFIX = ".safetensors";
    private static final String WEIGHTS = "_weights/";
    private static final String CARD = ".md";
    private static final int MARK_LENGTH = 13;
    private static final Pattern WEIGHTS_NAME = Pattern.compile("[0-9a-f]{16}");
    /** Headers of most models are shorter, so one request tells what a state says of itself. */
    private static final int USUAL_HEADER = 1 << 20;
    /** As long as a header of the folder's files may be. */
    private static final long LARGEST_HEADER = 8 << 20;

    private final Bucket bucket;
    private final Spool spool;
    private final Function<Path, CheckpointStore> folders;
    private final Supplier<String> marks;

    /**
     * A store in a bucket.
     *
     * @param spool folder of this process alone, with room for the largest state
     * @param folders makes the store whose files are sent, in a folder
     */
    public BucketCheckpoints(Bucket bucket, Path spool, Function<Path, CheckpointStore> folders) {
        this(bucket, spool, folders, () -> "-" + UUID.randomUUID().toString().substring(0, MARK_LENGTH));
    }

    /** @param marks what each name ends with, never the same */
    BucketCheckpoints(Bucket bucket, Path spool, Function<Path, CheckpointStore> folders, Supplier<String> marks) {
        this.marks = marks;
        this.bucket = Objects.requireNonNull(bucket, "bucket");
        this.spool = new Spool(spool);
        this.folders = Objects.requireNonNull(folders, "folders");
    }

    /** Deletes what an earlier process left in the spool; only before the first use. */
    public void sweep() throws IOException {
        spool.clear();
    }

    @Override
    public String nameOf(String runId, RunProgress progress, boolean kept) {
        String name = folders.apply(spool.home()).nameOf(runId, progress, kept);
        return name.substring(0, name.length() - SUFFIX.length()) + marks.get() + SUFFIX;
    }

    @Override
    public void save(
            String name,
            String runId,
            RunProgress progress,
            @Nullable RunFacts facts,
            StateLayout layout,
            StateWriter state)
            throws IOException {
        Path unused = spool.use(folder -> {
            folders.apply(folder).save(name, runId, progress, facts, layout, state);
            Path file = folder.resolve(name);
            if (!bucket.putNew(name, file) && !isThere(name, file)) {
                throw new IOException(bucket.address() + "/" + name + " is there already, of another trainer");
            }
            return file;
        });
    }

    /** Whether an earlier try, whose answer was lost, kept this very state: its header holds the checksum of all of it. */
    private boolean isThere(String name, Path file) throws IOException {
        byte[] header = header(name);
        try (InputStream own = Files.newInputStream(file)) {
            return Optional.of(Files.size(file)).equals(bucket.size(name))
                    && Arrays.equals(own.readNBytes(header.length), header);
        }
    }

    @Override
    public SavedState open(String name, String runId, StateLayout layout)
            throws IOException, CheckpointRefusedException {
        return spool.open(folder -> {
            fetch(name, name, folder, "there is no such object in " + bucket.address());
            return folders.apply(folder).open(name, runId, layout);
        });
    }

    @Override
    public List<String> runs() throws IOException {
        return bucket.folders().stream()
                .filter(run -> !run.startsWith("_"))
                .sorted()
                .toList();
    }

    @Override
    public Optional<StoredState> describe(String name) throws IOException {
        Optional<Long> size = bucket.size(name);
        if (size.isEmpty() || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        byte[] beginning = header(name);
        return spool.use(folder -> {
            Path file = inside(folder, name);
            Files.createDirectories(file.getParent());
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.write(beginning);
                sparse.setLength(size.get());
            }
            return folders.apply(folder).describe(name);
        });
    }

    /** The object's first bytes, its whole header among them where that is not too long. */
    private byte[] header(String name) throws IOException {
        byte[] beginning = bucket.beginning(name, USUAL_HEADER).orElse(new byte[0]);
        if (beginning.length < Long.BYTES) {
            return beginning;
        }
        long header = ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN).getLong() + Long.BYTES;
        boolean longer = header > beginning.length && header <= LARGEST_HEADER;
        return longer ? bucket.beginning(name, header).orElse(beginning) : beginning;
    }

    @Override
    public List<String> names(String runId) throws IOException {
        return bucket.names(runId + "/").stream()
                .filter(name -> name.endsWith(SUFFIX) && StateNames.stepOf(name) >= 0)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    @Override
    public void prune(String runId, Set<String> keep, Set<Long> keepSteps) throws IOException {
        for (String name : StateNames.passed(names(runId), keep, keepSteps)) {
            bucket.delete(name);
        }
    }

    @Override
    public void release(String runId, long step) throws IOException {
        for (String name : StateNames.keptAt(names(runId), step)) {
            bucket.delete(name);
        }
    }

    @Override
    public void remove(String runId) throws IOException {
        for (String name : bucket.names(runId + "/")) {
            bucket.delete(name);
        }
    }

    @Override
    public String keepWeights(ModelShape shape, TensorSource weights, String card) throws IOException {
        return spool.use(folder -> {
            String name = folders.apply(folder).keepWeights(shape, weights, card);
            bucket.put(WEIGHTS + name + CARD, card);
            String object = WEIGHTS + name + SUFFIX;
            if (bucket.size(object).isEmpty()) {
                boolean unused = bucket.putNew(object, folder.resolve(object));
            }
            return name;
        });
    }

    @Override
    public Optional<String> cardOf(String weights) throws IOException {
        if (!WEIGHTS_NAME.matcher(weights).matches()) {
            return Optional.empty();
        }
        return spool.use(folder -> {
            boolean unused = bucket.get(WEIGHTS + weights + CARD, folder.resolve(WEIGHTS + weights + CARD));
            return folders.apply(folder).cardOf(weights);
        });
    }

    @Override
    public SavedState openWeights(String name, ModelShape shape) throws IOException, CheckpointRefusedException {
        return spool.open(folder -> {
            if (WEIGHTS_NAME.matcher(name).matches()) {
                fetch(WEIGHTS + name + SUFFIX, name, folder, "there are no such weights in " + bucket.address());
            }
            return folders.apply(folder).openWeights(name, shape);
        });
    }

    private void fetch(String object, String name, Path folder, String absent)
            throws IOException, CheckpointRefusedException {
        if (!bucket.get(object, inside(folder, object))) {
            throw new CheckpointRefusedException(name, absent);
        }
    }

    /** Names come from pointers; none of them leads out of the spool. */
    private static Path inside(Path folder, String name) throws IOException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new IOException("checkpoint '" + name + "' has no possible name");
        }
        return file;
    }
}
