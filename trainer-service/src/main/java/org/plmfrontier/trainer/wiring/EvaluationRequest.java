package org.plmfrontier.trainer.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.contracts.evaluation.EvaluationKind;

/**
 * What {@link EvaluationMain} is asked, as JSON on its standard input.
 *
 * @param model folder in the exported layout
 * @param options of the kind, by name
 * @param data files by role
 * @param engine how libtorch is started
 */
public record EvaluationRequest(
        Path model, EvaluationKind kind, Map<String, String> options, List<DataFile> data, Engine engine) {
    /** A file and what it is to the evaluation. */
    public record DataFile(String role, Path path) {}

    /**
     * The library that computes.
     *
     * @param folder into which it is unpacked once
     * @param threads of its own
     * @param device {@code cpu}, or {@code cuda:0} and so on
     */
    public record Engine(Path folder, int threads, String device) {}

    public EvaluationRequest {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(engine, "engine");
        options = Map.copyOf(options);
        data = List.copyOf(data);
    }
}
