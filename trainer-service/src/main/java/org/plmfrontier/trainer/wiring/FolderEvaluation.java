package org.plmfrontier.trainer.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.evaluation.DownstreamEvaluations;
import org.plmfrontier.trainer.huggingface.UnfitModelException;

/** Measures the model of a folder on files, without broker and store. */
final class FolderEvaluation {
    /** Starts the library that computes, when data and model are known to be sound. */
    @FunctionalInterface
    interface EngineStart {
        TrainingEngine start(EvaluationRequest.Engine settings) throws IOException;
    }

    private final EngineStart engine;
    private final Consumer<String> progress;

    /** @param progress receives what is being done, in words */
    FolderEvaluation(EngineStart engine, Consumer<String> progress) {
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws UnusableDataException where the data or options cannot be used
     * @throws UnfitModelException where the model is none that this trainer computes
     */
    EvaluationAnswer answer(EvaluationRequest request) throws IOException, UnusableDataException, UnfitModelException {
        progress.accept("reading the data");
        Map<EvaluationData, Path> files = new HashMap<>();
        for (EvaluationRequest.DataFile file : request.data()) {
            files.put(described(file), file.path());
        }
        EvaluationSpec spec = new EvaluationSpec(
                "evaluation", request.kind(), new TreeMap<>(request.options()), List.copyOf(files.keySet()));
        DownstreamEvaluation evaluation =
                DownstreamEvaluations.of(spec, file -> Objects.requireNonNull(files.get(file), file.name()));
        progress.accept("loading the model");
        try (ModelDirectory folder = ModelDirectory.open(request.model());
                ProteinModel model = folder.load(engine.start(request.engine()))) {
            progress.accept("measuring");
            DownstreamEvaluation.Outcome outcome = evaluation.measure(model);
            List<String> findings = new ArrayList<>(outcome.findings());
            findings.addAll(evaluation.findings());
            return new EvaluationAnswer(
                    model.shape().family(),
                    request.kind(),
                    outcome.measures(),
                    evaluation.baselines(),
                    findings,
                    folder.model().notes());
        }
    }

    private static EvaluationData described(EvaluationRequest.DataFile file) throws IOException, UnusableDataException {
        String name = file.path().getFileName().toString();
        long bytes = Files.size(file.path());
        if (bytes == 0) {
            throw new UnusableDataException(file.path() + " is empty");
        }
        return new EvaluationData(file.role(), name, sha256(file.path()), bytes);
    }

    private static String sha256(Path file) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
