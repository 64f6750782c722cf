package org.plmfrontier.fitting;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingDevice;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.HeldOutEvaluated;
import org.plmfrontier.contracts.event.TrainingEvent.RunDeleted;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.SliceCompleted;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.FlopCount;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;

/** Events of a study whose losses follow a known law with seeded noise, as trainers would publish them. */
public final class PlantedStudy {
    /** Tokens of one step: eight records of about two thousand. */
    static final double STEP_TOKENS = 16_384;

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int SLICE = 10;

    private final String id;
    private final List<ModelShape> shapes;
    private final int steps;
    private final long seed;
    private boolean parts;

    /**
     * A study with one run per shape.
     *
     * @param steps optimiser steps of the smallest run; the largest makes a third of them
     */
    public PlantedStudy(String id, List<ModelShape> shapes, int steps, long seed) {
        this.id = id;
        this.shapes = shapes;
        this.steps = steps;
        this.seed = seed;
    }

    /** Six sizes over a factor of 40 in N. */
    public static PlantedStudy ofSix(String id, int steps, long seed) {
        return new PlantedStudy(
                id,
                List.of(
                        ModelShape.esm2(2, 32, 2),
                        ModelShape.esm2(2, 48, 2),
                        ModelShape.esm2(3, 64, 4),
                        ModelShape.esm2(3, 96, 4),
                        ModelShape.esm2(4, 128, 4),
                        ModelShape.esm2(5, 160, 4)),
                steps,
                seed);
    }

    /** Five masked encoders and five causal decoders between their widths: an envelope needs three crossovers. */
    public static PlantedStudy ofTwoFamilies(String id, int steps, long seed) {
        return new PlantedStudy(
                id,
                List.of(
                        ModelShape.esm2(2, 32, 2),
                        ModelShape.causal(2, 40, 2),
                        ModelShape.esm2(2, 48, 2),
                        ModelShape.causal(2, 56, 2),
                        ModelShape.esm2(3, 64, 4),
                        ModelShape.causal(3, 80, 4),
                        ModelShape.esm2(3, 96, 4),
                        ModelShape.causal(3, 112, 4),
                        ModelShape.esm2(4, 128, 4),
                        ModelShape.causal(4, 144, 4)),
                steps,
                seed);
    }

    /** So many sizes, growing evenly. */
    public static PlantedStudy ofMany(String id, int runs, int steps, long seed) {
        List<ModelShape> shapes = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            shapes.add(ModelShape.esm2(2 + i / 6, 32 + 8 * i, 2));
        }
        return new PlantedStudy(id, shapes, steps, seed);
    }

    /**
     * Nats per residue after N parameters saw D tokens, without noise: E 2.3, alpha 0.3, beta 0.32, at most ln 29. So balanced
     * that larger sizes overtake smaller ones within some ten steps.
     */
    public static double law(double parameters, double tokens) {
        double excess = 9.0 / Math.pow(parameters, 0.3) + 10.0 / Math.pow(tokens, 0.32);
        return 2.3 + 1 / (1 / excess + 1 / (Math.log(29) - 2.3));
    }

    /**
     * From now on the corpus has references under masks, and the evaluations of masked families their parts, but for the
     * first of each run, as trainers of old published them.
     */
    public PlantedStudy withParts() {
        parts = true;
        return this;
    }

    public String id() {
        return id;
    }

    public List<RunSpec> specs() {
        List<RunSpec> specs = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            specs.add(spec(i));
        }
        return specs;
    }

    /** The plans, as the dataset service publishes them. */
    public List<TrainingEvent> plans() {
        return specs().stream()
                .map(spec -> (TrainingEvent) new RunPlanned(spec, START))
                .toList();
    }

    /** All other events: slices of ten steps, interleaved over the runs as one trainer would work through them. */
    public List<TrainingEvent> training() {
        List<TrainingEvent> events = new ArrayList<>();
        for (int i = 0; i < shapes.size(); i++) {
            events.addAll(run(i));
        }
        events.sort(Comparator.comparing(TrainingEvent::at));
        return events;
    }

    /** Plans and training. */
    public List<TrainingEvent> all() {
        List<TrainingEvent> events = new ArrayList<>(plans());
        events.addAll(training());
        return events;
    }

    /** What the dataset service publishes when the study is deleted. */
    public List<TrainingEvent> deletions() {
        return specs().stream()
                .map(spec ->
                        (TrainingEvent) new RunDeleted(id, spec.runId(), "a typo", "somebody", START.plusSeconds(3600)))
                .toList();
    }

    private int stepsOf(int run) {
        double share = shapes.size() == 1 ? 0 : (double) run / (shapes.size() - 1);
        return 2 * SLICE * Math.toIntExact(Math.round(steps * (1 - share * 2 / 3) / (2 * SLICE)));
    }

    private RunSpec spec(int index) {
        ModelShape shape = shapes.get(index);
        long table6 = ParameterCount.of(shape).table6();
        int count = stepsOf(index);
        Recipe recipe = RecipeBuilder.builder()
                .name("planted")
                .schedule(new Schedule.Constant(2e-3, 10_000))
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(shape.family() == Family.ESM2)
                .recordsPerStep(8)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(seed)
                .threads(1)
                .build();
        MaskedReferences masked = new MaskedReferences(Masking.BERT, 30_000, 2.716, 2.892, 2.684, 2.861);
        CorpusRef corpus = new CorpusRef(
                "planted-corpus",
                4000,
                8_000_000,
                40,
                new ReferenceLosses(Math.log(29), 2.891, 2.872, parts ? masked : null));
        List<RunSpec.Budget> budgets = List.of(
                new RunSpec.Budget(STEP_TOKENS * count / 4, 2L * count),
                new RunSpec.Budget(STEP_TOKENS * count / 2, 4L * count),
                new RunSpec.Budget(STEP_TOKENS * count, 8L * count));
        String name = table6 < 1_000_000 ? Math.round(table6 / 1e3) + "K" : Math.round(table6 / 1e4) / 100.0 + "M";
        return RunSpecBuilder.builder()
                .studyId(id)
                .runId(id + "-" + index)
                .name(name)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(budgets)
                .expectedFlops(flopsPerStep(shape) * count)
                .build();
    }

    private static double flopsPerStep(ModelShape shape) {
        return FlopCount.training(shape, new SequenceLoad(64, (long) STEP_TOKENS, (long) (STEP_TOKENS * 256)));
    }

    /** Parts of 30,000 residues whose mean is the loss. */
    private static LossParts parts(double lossNats) {
        return new LossParts(
                new LossPart(1.06 * lossNats, 24_000),
                new LossPart(1.2 * lossNats, 2850),
                new LossPart(lossNats * (30_000 - 1.06 * 24_000 - 1.2 * 2850) / 3150, 3150));
    }

    private List<TrainingEvent> run(int index) {
        RunSpec spec = spec(index);
        Random noise = new Random(seed * 1000 + index);
        double flops = flopsPerStep(spec.shape());
        double parameters = ParameterCount.of(spec.shape()).table6();
        int count = stepsOf(index);
        long millisPerStep = Math.max(1, 240_000L / count);
        List<TrainingEvent> events = new ArrayList<>();
        for (int step = 1; step <= count; step++) {
            Instant at = START.plusMillis(((step - 1L) / SLICE) * SLICE * millisPerStep)
                    .plusNanos(index * 1000L + step);
            double tokens = STEP_TOKENS * step;
            double loss = law(parameters, tokens) + 0.002 * noise.nextGaussian();
            double rate = spec.recipe().schedule().learningRate(tokens - STEP_TOKENS);
            double speed = 4e10 / flops * STEP_TOKENS * (1 + 0.05 * noise.nextGaussian());
            if (step == 1) {
                events.add(new RunStateChanged(id, spec.runId(), RunState.TRAINING, 0, "", at));
            }
            events.add(new StepCompleted(
                    id, spec.runId(), step, tokens, flops * step, flops * step * 1.03, loss, rate, 0.7, speed, at));
            for (RunSpec.Budget budget : spec.budgets()) {
                if (budget.endRecord() == 8L * step) {
                    double heldOut = law(parameters, tokens) + 0.02 + 0.004 * noise.nextGaussian();
                    boolean told = parts
                            && spec.shape().family().masked()
                            && budget != spec.budgets().getFirst();
                    events.add(new HeldOutEvaluated(
                            id,
                            spec.runId(),
                            step,
                            budget.tokens(),
                            tokens,
                            flops * step,
                            heldOut,
                            30_000,
                            at,
                            told ? parts(heldOut) : null));
                }
            }
            if (step == count) {
                events.add(new RunStateChanged(id, spec.runId(), RunState.COMPLETED, step, "", at.plusNanos(1)));
            }
            if (step % SLICE == 0) {
                events.add(new SliceCompleted(
                        id,
                        spec.runId(),
                        step / SLICE - 1,
                        step,
                        8L * step,
                        tokens,
                        flops * step,
                        spec.runId() + "-" + step + ".safetensors",
                        "planted",
                        at.plusNanos(2),
                        new TrainingDevice("planted device", 1e15),
                        null));
            }
        }
        return events;
    }
}
