package org.plmfrontier.trainer.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.parameter.StateLayout;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** An open checkpoint that was found whole. */
final class SafetensorsState implements SavedState {
    private static final String RUN = "run";
    private static final String FACTS = "facts";

    private final SafetensorsReader reader;
    private final RunProgress progress;

    private SafetensorsState(SafetensorsReader reader, RunProgress progress) {
        this.reader = reader;
        this.progress = progress;
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
            metadata.put(FACTS, new String(WireFormat.encode(facts), StandardCharsets.UTF_8));
        }
        return metadata;
    }

    /**
     * Checks a file and takes it over.
     *
     * @throws IOException with the reason, where it is damaged, of another run or of another shape
     */
    static SafetensorsState of(SafetensorsReader reader, String runId, StateLayout layout) throws IOException {
        Map<String, String> metadata = reader.header().metadata();
        String stored = metadata.get(Checksum.KEY);
        String computed = Checksum.text(reader.checksum());
        if (!computed.equals(stored)) {
            throw new IOException("checksum is " + computed + ", the header says " + stored);
        }
        if (!runId.equals(metadata.get(RUN))) {
            throw new IOException("it is of run " + metadata.get(RUN) + ", not of run " + runId);
        }
        requireShapes(reader.header(), layout);
        return new SafetensorsState(reader, progress(metadata));
    }

    @Override
    public RunProgress progress() {
        return progress;
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

    private static void requireShapes(SafetensorsHeader header, StateLayout layout) throws IOException {
        for (TensorSpec tensor : layout.all()) {
            SafetensorsHeader.Entry entry = header.tensors().get(tensor.name());
            if (entry == null) {
                throw new IOException("tensor '" + tensor.name() + "' is missing");
            }
            if (!entry.type().equals("F32") || !entry.shape().equals(tensor.shape())) {
                throw new IOException("tensor '" + tensor.name() + "' is " + entry.type() + entry.shape()
                        + ", the run's shape needs F32" + tensor.shape());
            }
        }
        int expected = layout.all().size();
        if (header.tensors().size() != expected) {
            throw new IOException(
                    "it holds " + header.tensors().size() + " tensors, the run's shape needs " + expected);
        }
    }

    private static RunProgress progress(Map<String, String> metadata) {
        return new RunProgress(
                Long.parseLong(metadata.get("position")),
                Long.parseLong(metadata.get("step")),
                Long.parseLong(metadata.get("tokens")),
                Double.parseDouble(metadata.get("computeFlops")),
                Double.parseDouble(metadata.get("executedFlops")));
    }
}
