package org.plmfrontier.benchmarks.suite;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.event.RunState;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.event.TrainingEvent.RunPlanned;
import org.plmfrontier.contracts.event.TrainingEvent.RunStateChanged;
import org.plmfrontier.contracts.event.TrainingEvent.StepCompleted;
import org.plmfrontier.contracts.event.TrainingEventStepCompletedBuilder;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
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
import org.plmfrontier.contracts.topic.Topics;
import org.plmfrontier.contracts.wire.EventFormat;
import org.plmfrontier.contracts.wire.WireFormat;

/** What trainers would publish of a study whose losses follow a law with seeded noise. One producer, transactional. */
final class SimulatedTrainers implements AutoCloseable {
    private static final int PARTITIONS = 4;
    private static final double STEP_TOKENS = 16_384;
    private static final int SHAPES = 12;

    private final KafkaProducer<String, byte[]> producer;
    private final String study;
    private final int runs;
    private final SplittableRandom noise;
    private final List<RunSpec> specs = new ArrayList<>();

    SimulatedTrainers(String servers, String study, int runs, long seed) {
        this.study = study;
        this.runs = runs;
        noise = new SplittableRandom(seed);
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "transactional.id",
                        "simulated-" + study,
                        "batch.size",
                        262_144,
                        "linger.ms",
                        5),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        for (int run = 0; run < runs; run++) {
            specs.add(spec(run));
        }
    }

    static void createTopic(String servers) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(Topics.EVENTS, Optional.of(PARTITIONS), Optional.empty())))
                    .all()
                    .get();
        }
    }

    int runs() {
        return runs;
    }

    String runId(int run) {
        return study + "-" + run;
    }

    /** The plans of all runs, in one transaction. */
    void plan() {
        producer.beginTransaction();
        specs.forEach(spec -> send(new RunPlanned(spec, Instant.now())));
        producer.commitTransaction();
    }

    /** The steps from one to another, both included, of some runs, in one transaction; returns once it is committed. */
    void slice(int fromRun, int toRun, long fromStep, long toStep) {
        producer.beginTransaction();
        for (long step = fromStep; step <= toStep; step++) {
            for (int run = fromRun; run < toRun; run++) {
                send(step(run, step));
            }
        }
        producer.commitTransaction();
    }

    /** The end of all runs, in one transaction. */
    void complete(long lastStep) {
        producer.beginTransaction();
        for (int run = 0; run < runs; run++) {
            send(new RunStateChanged(study, runId(run), RunState.COMPLETED, lastStep, "", Instant.now()));
        }
        producer.commitTransaction();
    }

    /** One step as its trainer would publish it. */
    synchronized StepCompleted step(int run, long step) {
        RunSpec spec = specs.get(run);
        double parameters = ParameterCount.of(spec.shape()).table6();
        double tokens = STEP_TOKENS * step;
        double flops = flopsPerStep(spec.shape()) * step;
        double loss = 2.3 + 9.0 / Math.pow(parameters, 0.3) + 45.0 / Math.pow(tokens, 0.32);
        return TrainingEventStepCompletedBuilder.builder()
                .studyId(study)
                .runId(spec.runId())
                .step(step)
                .tokens(tokens)
                .computeFlops(flops)
                .executedFlops(flops * 1.03)
                .lossNats(loss + 0.02 * noise.nextGaussian())
                .learningRate(spec.recipe().schedule().learningRate(tokens - STEP_TOKENS))
                .gradientNorm(0.7 + 0.1 * noise.nextDouble())
                .tokensPerSecond(163_840)
                .at(Instant.now())
                .build();
    }

    private void send(TrainingEvent event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topics.EVENTS, event.runId(), WireFormat.encode(event));
        EventFormat.headers(event, "/simulated").forEach(record.headers()::add);
        producer.send(record);
    }

    private RunSpec spec(int run) {
        int size = run % SHAPES;
        ModelShape shape = ModelShape.esm2(2 + size / 3, 32 + 32 * size, 2);
        Recipe recipe = RecipeBuilder.builder()
                .name("simulated")
                .schedule(new Schedule.Constant(2e-3, 100_000))
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(true)
                .recordsPerStep(8)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(1 + run / SHAPES)
                .threads(1)
                .build();
        CorpusRef corpus = new CorpusRef(
                "simulated", 4_000_000, 8_000_000_000L, 40, new ReferenceLosses(Math.log(29), 2.891, 2.872));
        List<RunSpec.Budget> budgets = List.of(new RunSpec.Budget(STEP_TOKENS * 1e5, 800_000));
        return RunSpecBuilder.builder()
                .studyId(study)
                .runId(runId(run))
                .name(size + "-" + run)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(budgets)
                .expectedFlops(flopsPerStep(shape) * 1e5)
                .build();
    }

    private static double flopsPerStep(ModelShape shape) {
        return FlopCount.training(shape, new SequenceLoad(64, (long) STEP_TOKENS, (long) (STEP_TOKENS * 256)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
