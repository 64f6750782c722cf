package org.plmfrontier.trainer.djl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.checkpoint.SavedState;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.huggingface.ModelExport;
import org.plmfrontier.trainer.huggingface.ModelFile;
import org.plmfrontier.trainer.huggingface.ModelImport;
import org.plmfrontier.trainer.huggingface.TensorFile;
import org.plmfrontier.trainer.network.Attention;
import org.plmfrontier.trainer.parameter.TensorSource;
import org.plmfrontier.trainer.safetensors.FolderCheckpoints;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;
import org.plmfrontier.trainer.slice.Studies;

/** A modern model out as files and back. */
class ModernExportTest {
    private static final Recipe RECIPE = RecipeBuilder.builder()
            .name("r")
            .schedule(new Schedule.Constant(1e-3, 0))
            .optimizer(Optimizer.adamW())
            .masking(Masking.BERT)
            .tokenDropout(false)
            .recordsPerStep(1)
            .precision(Precision.FP32)
            .deterministic(false)
            .seed(1)
            .threads(1)
            .build();

    @TempDir
    Path folder;

    static List<ModelShape> shapes() {
        return ModernParityTest.shapes().toList();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theFilesGiveTheModelsLogitsAndComeBackToTheBit(ModelShape shape) throws Exception {
        ModernScene scene = new ModernScene(shape);
        List<ModelFile> files = files(shape, scene);
        Path file = folder.resolve("model.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafetensorsModels.write(((ModelFile.Tensors) files.getLast()).content(), out);
        }
        FolderCheckpoints store = new FolderCheckpoints(folder.resolve("store"), "t");
        String name;
        double[][] fromFile;
        try (TensorFile tensors = SafetensorsModels.open(file)) {
            fromFile = scene.logits(read(tensors));
            ModelImport model = ModelImport.of(config(files), vocabulary(files), tensors);
            assertThat(model.shape()).isEqualTo(shape);
            assertThat(model.notes()).isEmpty();
            name = store.keepWeights(shape, model, model.card());
        }
        try (SavedState weights = store.openWeights(name, shape);
                DjlResidentModel again = load(shape, weights::read);
                DjlResidentModel before = load(shape, scene::read)) {
            float[] logits = again.logits(scene.batch());
            assertThat(logits).isEqualTo(before.logits(scene.batch()));
            double worst = 0;
            for (int i = 0; i < logits.length; i++) {
                boolean real = scene.batch().tokens()[i / Vocabulary.SIZE] != Vocabulary.PAD;
                double distance = Math.abs(logits[i] - fromFile[i / Vocabulary.SIZE][i % Vocabulary.SIZE]);
                worst = real ? Math.max(worst, distance) : worst;
            }
            Parity.report("exported " + shape.family() + " logits", worst, 5e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theCardSaysThatTransformersDoesNotLoadTheLayout(ModelShape shape) {
        List<ModelFile> files = files(shape, new ModernScene(shape));
        assertThat(((ModelFile.Text) files.getFirst()).content())
                .contains("library_name: plm-frontier", "`from_pretrained` does not load it")
                .contains("| family | " + shape.family() + " |");
        Map<String, ?> config = ((ModelFile.Json) files.get(1)).content();
        assertThat((Object) config.get("qk_norm")).isEqualTo(shape.normalisesQueriesAndKeys());
        assertThat((Object) config.get("tie_word_embeddings")).isEqualTo(false);
        assertThat((Object) config.get("intermediate_size")).isEqualTo(192);
        assertThat(config.containsKey("mask_token_id")).isEqualTo(shape.family().masked());
    }

    private static List<ModelFile> files(ModelShape shape, ModernScene scene) {
        List<TokenBatch> records = Studies.records("c", 2, 2, 20, 3);
        RunSpec run = Studies.run("s", "run", shape, RECIPE, Studies.corpus("c", records, records), 2);
        RunFacts facts = new RunFacts(run, 2.5, 2.75, "t", Instant.parse("2026-01-02T03:04:05Z"), null);
        return ModelExport.files(facts, new RunProgress(2, 2, 80, 1e9, 1e9), scene::read, "version 9", null);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> config(List<ModelFile> files) {
        return (Map<String, ?>) new ObjectMapper().convertValue(((ModelFile.Json) files.get(1)).content(), Map.class);
    }

    private static String vocabulary(List<ModelFile> files) {
        return ((ModelFile.Text) files.get(2)).content();
    }

    private static Map<String, double[]> read(TensorFile file) throws IOException {
        Map<String, double[]> tensors = new LinkedHashMap<>();
        for (String name : file.tensors().keySet()) {
            FloatBuffer values = file.read(name).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            double[] numbers = new double[values.remaining()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values.get(i);
            }
            tensors.put(name, numbers);
        }
        return tensors;
    }

    private static DjlResidentModel load(ModelShape shape, TensorSource state) throws IOException {
        return Engines.shared().load(new ModelSettings(shape, Optimizer.adamW()), Attention.FUSED_FLOAT32, state);
    }
}
