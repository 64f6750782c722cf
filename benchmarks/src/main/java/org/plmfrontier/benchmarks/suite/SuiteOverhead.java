package org.plmfrontier.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plmfrontier.benchmarks.step.CpuTime;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.stack.FreePorts;
import org.plmfrontier.stack.kafka.EmbeddedKafka;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.kafka.StudyTopics;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.slice.Studies;

/**
 * Tokens per second of the packaged trainer service, fed with jobs and tokens by a real broker and publishing every step,
 * over tokens per second of a plain loop over the same batches with the same engine. In turns; the loop runs while the
 * service waits.
 *
 * <p>Arguments: packaged service ({@code trainer-service/target/quarkus-app/quarkus-run.jar}), rounds (default 3), steps of
 * a round (default 480), steps of a slice (default 20), name of a shape (default one of 0.8M parameters).
 */
public final class SuiteOverhead {
    private static final ModelShape SMALL = ModelShape.esm2(4, 128, 4);
    private static final int ROWS = 16;
    private static final int MEAN_LENGTH = 256;
    private static final int RECORDS = 64;

    private SuiteOverhead() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args.length > 0 ? args[0] : "trainer-service/target/quarkus-app/quarkus-run.jar");
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int steps = args.length > 2 ? Integer.parseInt(args[2]) : 480;
        int slice = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        ModelShape shape = args.length > 4 ? named(args[4]) : SMALL;
        Path home = Files.createTempDirectory("suite-overhead");
        List<TokenBatch> records = Studies.records("overhead", RECORDS, ROWS, MEAN_LENGTH, 1);
        List<Double> byClock = new ArrayList<>();
        List<Double> byCpu = new ArrayList<>();
        System.out.printf("%d steps of about %d tokens, slices of %d steps%n", steps, ROWS * MEAN_LENGTH, slice);
        System.out.printf(
                "%6s %16s %16s %8s %22s %22s %8s%n",
                "round", "loop tokens/s", "suite tokens/s", "ratio", "loop tokens/CPU-second", "suite", "ratio");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(home.resolve("kafka"), FreePorts.next(), FreePorts.next());
                StudyTopics topics = new StudyTopics(kafka.bootstrapServers());
                TrainerRuns trainer = TrainerRuns.start(jar, kafka.bootstrapServers(), home, topics);
                TrainingEngine engine = DjlTrainingEngine.start(new EngineSettings(1, home.resolve("engine")))) {
            CorpusRef corpus = topics.writeCorpus("overhead", records, List.of(records.getFirst()));
            trainer.train(jobs(shape, corpus, "warm-up", slice, slice));
            loop(shape, engine, records, slice);
            for (int round = 1; round <= rounds; round++) {
                Rate bare = loop(shape, engine, records, steps);
                Rate suite = trainer.train(jobs(shape, corpus, "round-" + round, steps, slice));
                byClock.add(suite.perSecond() / bare.perSecond());
                byCpu.add(suite.perCpuSecond() / bare.perCpuSecond());
                System.out.printf(
                        "%6d %16.0f %16.0f %8.3f %22.0f %22.0f %8.3f%n",
                        round,
                        bare.perSecond(),
                        suite.perSecond(),
                        byClock.getLast(),
                        bare.perCpuSecond(),
                        suite.perCpuSecond(),
                        byCpu.getLast());
            }
        }
        System.out.printf(
                "median ratio by the clock %.3f, by CPU time %.3f%n", CpuTime.median(byClock), CpuTime.median(byCpu));
    }

    private static ModelShape named(String name) {
        return Optional.ofNullable(NamedShapes.byName().get(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no shape " + name));
    }

    private static List<BatchJob> jobs(ModelShape shape, CorpusRef corpus, String run, int steps, int slice) {
        Recipe recipe = Studies.recipe(1);
        RunSpec spec = Studies.run("overhead", run, shape, recipe, corpus, steps);
        return Studies.jobs(spec, slice);
    }

    private static Rate loop(ModelShape shape, TrainingEngine engine, List<TokenBatch> records, int steps)
            throws IOException {
        Recipe recipe = Studies.recipe(1);
        ResidueMasking masking = new ResidueMasking(recipe.masking(), recipe.seed());
        long tokens = 0;
        try (ResidentModel model =
                engine.load(new ModelSettings(shape, recipe.optimizer()), new InitialWeights(recipe.seed()))) {
            long start = System.nanoTime();
            double cpu = CpuTime.soFar();
            for (int step = 0; step < steps; step++) {
                TokenBatch record = records.get(step % records.size());
                PaddedBatch batch = PaddedBatch.of(masking.mask(record, step), recipe.tokenDropout());
                model.micro(batch, 1.0 / batch.selected().length);
                model.apply(1e-3);
                tokens += record.tokens().length;
            }
            return new Rate(tokens / ((System.nanoTime() - start) / 1e9), tokens / (CpuTime.soFar() - cpu));
        }
    }
}
