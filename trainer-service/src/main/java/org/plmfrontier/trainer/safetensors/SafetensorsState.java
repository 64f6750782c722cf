package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.wire.UndecodableException;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.checkpoint.StoredState;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** An open checkpoint that was found whole. */
final class SafetensorsState implements SavedState {
    private static final String RUN = "run";
    private static final String FACTS = "facts";
    private static final String SPECIFICATION = "specification";

    private final SafetensorsReader reader;
    private final RunProgress progress;
    private final @Nullable String specification;

    private SafetensorsState(SafetensorsReader reader, RunProgress progress, @Nullable String specification) {
        this.reader = reader;
        this.progress = progress;
        this.specification = specification;
    }

    /** Metadata of a checkpoint; numbers in decimal, read back to the same bits. */
    static Map<String, String> metadata(String runId, RunProgress progress, @Nullable RunFacts facts) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put(RUN, runId);
        metadata.put("step", Long.toString(progress.step()));
        metadata.put("position", Long.toString(progress.position()));
        metadata.put("tokens", Long.toString(progress.tokens()));
        metadata.put("computeFlops", Double.toString(progress.computeFlops()));
        metadata.put("executedFlops", Double.toString(progress.executedFlops()));
        if (facts != null) {
            metadata.put(SPECIFICATION, facts.run().specification());
            metadata.put(FACTS, new String(WireFormat.encode(facts), StandardCharsets.UTF_8));
        }
        return metadata;
    }

    /** What a header says of the state; empty where it was kept without facts. */
    static Optional<StoredState> describe(String name, SafetensorsHeader header) throws IOException {
        String facts = header.metadata().get(FACTS);
        if (facts == null) {
            return Optional.empty();
        }
        try {
            RunFacts read = WireFormat.decode(facts.getBytes(StandardCharsets.UTF_8), RunFacts.class);
            int layers = read.run().shape().layers();
            if (layers > header.tensors().size()) {
                throw new IOException("its facts speak of " + layers + " layers, it holds "
                        + header.tensors().size() + " tensors");
            }
            return Optional.of(new StoredState(name, read, progress(header.metadata())));
        } catch (UndecodableException e) {
            throw new IOException("its facts cannot be read", e);
        }
    }

    /**
     * Checks a file and takes it over.
     *
     * @throws IOException with the reason, where it is damaged, of another run or of another shape
     */
    static SafetensorsState of(SafetensorsReader reader, String runId, StateLayout layout) throws IOException {
        Map<String, String> metadata = reader.header().metadata();
        reader.requireChecksum();
        if (!runId.equals(metadata.get(RUN))) {
            throw new IOException("it is of run " + metadata.get(RUN) + ", not of run " + runId);
        }
        reader.header().requireTensors(layout.all());
        return new SafetensorsState(reader, progress(metadata), specification(reader.header()));
    }

    /** States of older trainers hold the facts without the hash. */
    private static @Nullable String specification(SafetensorsHeader header) throws IOException {
        String hash = header.metadata().get(SPECIFICATION);
        return hash != null
                ? hash
                : describe("", header)
                        .map(state -> state.facts().run().specification())
                        .orElse(null);
    }

    @Override
    public RunProgress progress() {
        return progress;
    }

    @Override
    public @Nullable String specification() {
        return specification;
    }

    @Override
    public ByteBuffer read(TensorSpec tensor) throws IOException {
        return reader.read(tensor.name());
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunProgress progress(Map<String, String> metadata) throws IOException {
        try {
            return new RunProgress(
                    Long.parseLong(metadata.getOrDefault("position", "")),
                    Long.parseLong(metadata.getOrDefault("step", "")),
                    Long.parseLong(metadata.getOrDefault("tokens", "")),
                    Double.parseDouble(metadata.getOrDefault("computeFlops", "")),
                    Double.parseDouble(metadata.getOrDefault("executedFlops", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException("its metadata tell no progress: " + e.getMessage(), e);
        }
    }
}
