package org.plmfrontier.trainer.evaluator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.plmfrontier.contracts.evaluation.EvaluationJob;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.event.TrainingEvent.DownstreamEvaluated;
import org.plmfrontier.contracts.event.TrainingEventDownstreamEvaluatedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.Evaluations;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.model.NoSuchModelException;
import org.plmfrontier.trainer.model.OpenModel;
import org.plmfrontier.trainer.model.TrainedModels;

/** Evaluates stored states, on copies of their own: the run in training is not touched. For one thread. */
public final class StateEvaluator {
    /** Evaluations whose data and baselines are kept. */
    private static final int KEPT = 8;

    private final TrainedModels models;
    private final TrainingEngine engine;
    private final Reading reading;
    private final SpareTime time;
    private final InstantSource clock;
    private final String trainer;
    private final Map<String, Prepared> prepared = new LinkedHashMap<>(KEPT, 0.75F, true);

    /** How evaluations are read. */
    public record Reading(Evaluations evaluations, EvaluationFiles files) {}

    /** An evaluation with what its baselines give. */
    private record Prepared(DownstreamEvaluation evaluation, Map<String, List<Measure>> baselines) {}

    public StateEvaluator(
            TrainedModels models,
            TrainingEngine engine,
            Reading reading,
            SpareTime time,
            InstantSource clock,
            String trainer) {
        this.models = models;
        this.engine = engine;
        this.reading = reading;
        this.time = time;
        this.clock = clock;
        this.trainer = trainer;
    }

    /** Lets a state go that was kept for evaluations alone. */
    public void release(EvaluationJob job) throws IOException {
        models.release(job.run().runId(), job.step());
    }

    /**
     * Evaluates a state. Where the state is gone, or the data cannot be used, the result has no measures and says why.
     *
     * @param evaluation what is measured
     * @throws NoSuchModelException where the state is broken
     * @throws IOException where the store or a file cannot be read; later it may
     * @throws java.util.concurrent.CancellationException where the thread is interrupted
     */
    public DownstreamEvaluated evaluate(EvaluationJob job, EvaluationSpec evaluation)
            throws IOException, NoSuchModelException {
        try {
            return evaluateStored(job, evaluation);
        } catch (NoSuchModelException e) {
            if (e.isGone()) {
                return gone(job, evaluation, String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private DownstreamEvaluated evaluateStored(EvaluationJob job, EvaluationSpec evaluation)
            throws IOException, NoSuchModelException {
        try (OpenModel open = models.openAt(job.run().runId(), job.record())) {
            RunProgress progress = open.about().progress();
            RunSpec run = open.about().facts().run();
            time.begin();
            try {
                Prepared ready = prepared(evaluation);
                ModelSettings settings = ModelSettings.of(run.shape(), run.recipe());
                try (ProteinModel model = engine.open(settings, run.recipe().tokenDropout(), open.state())) {
                    DownstreamEvaluation.Outcome outcome = ready.evaluation().measure(new YieldingModel(model, time));
                    List<String> findings = Stream.concat(
                                    ready.evaluation().findings().stream(), outcome.findings().stream())
                            .toList();
                    return result(run, evaluation, progress, outcome.measures(), ready.baselines(), findings);
                }
            } catch (UnusableDataException e) {
                return result(run, evaluation, progress, List.of(), Map.of(), List.of(String.valueOf(e.getMessage())));
            }
        }
    }

    private Prepared prepared(EvaluationSpec evaluation) throws IOException, UnusableDataException {
        Prepared known = prepared.get(evaluation.hash());
        if (known != null) {
            return known;
        }
        DownstreamEvaluation read = reading.evaluations().of(evaluation, reading.files());
        Prepared fresh = new Prepared(read, read.baselines());
        prepared.put(evaluation.hash(), fresh);
        if (prepared.size() > KEPT) {
            prepared.remove(prepared.keySet().iterator().next());
        }
        return fresh;
    }

    private DownstreamEvaluated gone(EvaluationJob job, EvaluationSpec evaluation, String reason) {
        return TrainingEventDownstreamEvaluatedBuilder.builder()
                .studyId(job.run().studyId())
                .runId(job.run().runId())
                .step(job.step())
                .tokens(0)
                .computeFlops(0)
                .evaluation(evaluation)
                .measures(List.of())
                .baselines(Map.of())
                .findings(List.of())
                .seconds(0)
                .trainer(trainer)
                .at(clock.instant())
                .gone(reason)
                .build();
    }

    private DownstreamEvaluated result(
            RunSpec run,
            EvaluationSpec evaluation,
            RunProgress progress,
            List<Measure> measures,
            Map<String, List<Measure>> baselines,
            List<String> findings) {
        return TrainingEventDownstreamEvaluatedBuilder.builder()
                .studyId(run.studyId())
                .runId(run.runId())
                .step(progress.step())
                .tokens(progress.tokens())
                .computeFlops(progress.computeFlops())
                .evaluation(evaluation)
                .measures(measures)
                .baselines(baselines)
                .findings(findings)
                .seconds(time.end())
                .trainer(trainer)
                .at(clock.instant())
                .build();
    }
}
