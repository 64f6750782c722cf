package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.event.TrainingEvent;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.masking.LossPart;
import org.plmfrontier.contracts.masking.LossParts;
import org.plmfrontier.contracts.masking.ResidueMasking;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.assignment.Lease;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ResidentModel;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.huggingface.EsmReference;
import org.plmfrontier.trainer.huggingface.ModelExport;
import org.plmfrontier.trainer.huggingface.ModelFile;
import org.plmfrontier.trainer.huggingface.ModelImport;
import org.plmfrontier.trainer.huggingface.TensorFile;
import org.plmfrontier.trainer.model.OpenModel;
import org.plmfrontier.trainer.model.TrainedModels;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.residency.ResidentRuns;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;
import org.plmfrontier.trainer.slice.Clock;
import org.plmfrontier.trainer.slice.MemoryTokenLog;
import org.plmfrontier.trainer.slice.RecordingObserver;
import org.plmfrontier.trainer.slice.SliceReport;
import org.plmfrontier.trainer.slice.SliceTrainer;
import org.plmfrontier.trainer.slice.SliceWatch;
import org.plmfrontier.trainer.slice.Studies;
import org.plmfrontier.trainer.slice.TrainedSlice;

/** A trained model out of its checkpoint, as transformers names and computes it, and back into a run. */
class ExportTest {
    private static final ModelShape SHAPE = ModelShape.esm2(2, 64, 4);
    private static final List<TokenBatch> RECORDS = Studies.records("c", 12, 3, 30, 3);
    private static final RunSpec RUN = Studies.run(
            "s", "run", SHAPE, Studies.recipe(1), Studies.corpus("c", RECORDS, RECORDS.subList(0, 2)), 8, 12);

    private static final LossParts PARTS =
            new LossParts(new LossPart(2.9, 1200), new LossPart(3.4, 140), new LossPart(0.95, 160));

    @TempDir
    Path folder;

    private FolderCheckpoints store;
    private DjlResidentModel resident;

    @BeforeEach
    void train() throws IOException {
        store = new FolderCheckpoints(folder.resolve("store"), "t");
        resident = (DjlResidentModel) Engines.shared().load(settings(), new InitialWeights(5));
        for (int position = 0; position < 8; position++) {
            PaddedBatch batch = batch(position);
            resident.micro(batch, 1.0 / batch.selected().length);
            resident.apply(1e-2);
        }
        RunFacts facts = new RunFacts(RUN, 2.5, 2.75, "t", Instant.parse("2026-01-02T03:04:05Z"), PARTS);
        store.save("run", new RunProgress(8, 8, 720, 1e9, 1.1e9), facts, Networks.state(SHAPE), resident::save);
    }

    @Test
    void namesAndShapesAreThoseOfTransformers() throws Exception {
        List<String> stored = golden("stored");
        try (OpenModel model = new TrainedModels(store).open("run", null)) {
            List<String> exported = tensors(files(model)).content().stream()
                    .map(tensor -> tensor.name() + " " + tensor.shape())
                    .toList();
            assertThat(exported).containsExactlyInAnyOrderElementsOf(stored);
        }
        assertThat(golden("tied")).hasSize(1);
    }

    @Test
    void theExportedTensorsGiveTheResidentModelsLogitsAsTransformersComputesThem() throws Exception {
        TokenBatch record = Studies.records("c", 1, 1, 40, 9).getFirst();
        for (boolean tokenDropout : new boolean[] {true, false}) {
            PaddedBatch batch = PaddedBatch.of(new ResidueMasking(Masking.BERT, 1).mask(record, 0), tokenDropout);
            float[] expected = resident.logits(batch);
            Map<String, float[]> tensors = read(exported(0));
            double[][] logits =
                    new EsmReference(tensors, 64, 4, 2).logits(batch.tokens(), Vocabulary.MASK, tokenDropout);
            double worst = 0;
            for (int i = 0; i < expected.length; i++) {
                worst = Math.max(worst, Math.abs(expected[i] - logits[i / Vocabulary.SIZE][i % Vocabulary.SIZE]));
            }
            Parity.report("exported logits, token dropout " + tokenDropout, worst, 5e-5);
        }
    }

    @Test
    void whatIsImportedIsBitForBitWhatWasExported() throws Exception {
        String name;
        try (OpenModel model = new TrainedModels(store).open("run", null)) {
            name = imported(files(model));
        }
        try (SavedState weights = store.openWeights(name, SHAPE);
                ResidentModel again = Engines.shared().load(settings(), weights)) {
            PaddedBatch next = batch(8);
            double expected = resident.micro(next, 1.0 / next.selected().length);
            assertThat(again.micro(next, 1.0 / next.selected().length)).isEqualTo(expected);
        }
        try (OpenModel model = new TrainedModels(store).open("run", null)) {
            assertThat(imported(files(model)))
                    .as("the same content has the same name")
                    .isEqualTo(name);
        }
    }

    @Test
    void aRunThatBeginsWithAnImportedModelLosesAtFirstWhatTheExportedOneWouldHaveLost() throws Exception {
        String name;
        try (OpenModel model = new TrainedModels(store).open("run", null)) {
            name = imported(files(model));
        }
        RunSpec continued =
                new RunSpec("s", "continued", "c", SHAPE, RUN.recipe(), RUN.corpus(), RUN.budgets(), 1e9, name);
        SliceTrainer trainer = new SliceTrainer(
                new SliceTrainer.Device(Engines.shared(), new ResidentRuns(1)),
                new SliceTrainer.Storage(store, new MemoryTokenLog(RECORDS, RECORDS.subList(0, 2))),
                1000,
                new RecordingObserver(),
                Clock.system(),
                "t");
        SliceReport report;
        try (TrainedSlice slice = trainer.train(
                Studies.jobs(continued, 4).getFirst(), null, new Lease(0, 1), () -> SliceWatch.Demand.GO_ON)) {
            report = slice.report();
        }
        PaddedBatch first = batch(0);
        double expected = resident.micro(first, 1.0 / first.selected().length);
        assertThat(report.events().stream()
                        .filter(TrainingEvent.StepCompleted.class::isInstance)
                        .map(event -> ((TrainingEvent.StepCompleted) event).lossNats()))
                .first()
                .isEqualTo(expected);
    }

    @Test
    void theCardTellsWhatTheModelIsAndWhatItCost() throws Exception {
        try (OpenModel model = new TrainedModels(store).open("run", 800.0)) {
            ModelFile.Text card = (ModelFile.Text) files(model).getFirst();
            assertThat(card.name()).isEqualTo("README.md");
            assertThat(card.content())
                    .contains("run run", "study s", "step 8", "version 9, commit abc")
                    .contains("| N, every trained number | 106,269 |")
                    .contains("| D, tokens seen | 720 |")
                    .contains("| epochs | 0.6667 |")
                    .contains("| C, training FLOPs, unpadded (Table 5) | 1.00000e+09 |")
                    .contains("| training loss | 2.500000 nats per predicted token, perplexity 12.1825")
                    .contains("| held-out loss | 2.750000 nats")
                    .contains("| held-out loss on residues that show MASK | 2.900000 nats over 1,200 residues |")
                    .contains("| held-out loss on residues that show another one | 3.400000 nats over 140 residues |")
                    .contains("| held-out loss on residues that are unchanged | 0.950000 nats over 160 residues |")
                    .contains("under the same masks | not computed for this corpus; uniform 3.3700 nats |")
                    .doesNotContain("Markov")
                    .contains("| corpus | c (hash");
        }
    }

    private PaddedBatch batch(int position) {
        return PaddedBatch.of(new ResidueMasking(Masking.BERT, 7).mask(RECORDS.get(position), position), true);
    }

    private static ModelSettings settings() {
        return new ModelSettings(SHAPE, RUN.recipe().optimizer());
    }

    private static List<ModelFile> files(OpenModel model) {
        return ModelExport.files(
                model.about().facts(), model.about().progress(), model.state(), "version 9, commit abc", null);
    }

    private static ModelFile.Tensors tensors(List<ModelFile> files) {
        return (ModelFile.Tensors) files.getLast();
    }

    private Path exported(int number) throws Exception {
        Path file = folder.resolve("model-" + number + ".safetensors");
        try (OpenModel model = new TrainedModels(store).open("run", null);
                OutputStream out = Files.newOutputStream(file)) {
            SafetensorsModels.write(tensors(files(model)).content(), out);
        }
        return file;
    }

    private String imported(List<ModelFile> files) throws Exception {
        Path file = folder.resolve("import.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafetensorsModels.write(tensors(files).content(), out);
        }
        Map<String, ?> config = ((ModelFile.Json) files.get(1)).content();
        Map<?, ?> asRead = new ObjectMapper().convertValue(config, Map.class);
        String vocabulary = ((ModelFile.Text) files.get(2)).content();
        try (TensorFile tensors = SafetensorsModels.open(file)) {
            @SuppressWarnings("unchecked")
            ModelImport model = ModelImport.of((Map<String, ?>) asRead, vocabulary, tensors);
            assertThat(model.shape()).isEqualTo(SHAPE);
            return store.keepWeights(model.shape(), model, model.card());
        }
    }

    private static Map<String, float[]> read(Path file) throws IOException {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        try (TensorFile open = SafetensorsModels.open(file)) {
            for (String name : open.tensors().keySet()) {
                ByteBuffer values = open.read(name).order(ByteOrder.LITTLE_ENDIAN);
                float[] numbers = new float[values.remaining() / Float.BYTES];
                values.asFloatBuffer().get(numbers);
                tensors.put(name, numbers);
            }
        }
        return tensors;
    }

    private static List<String> golden(String mark) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var in = Objects.requireNonNull(
                ExportTest.class.getResourceAsStream("/huggingface/esm-for-masked-lm-2x64.txt"))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(mark + " "))
                    .forEach(line -> lines.add(line.substring(mark.length() + 1)));
        }
        return lines;
    }
}
