package org.plmfrontier.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.NamedShapes;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSpec;

class ModelImportTest {
    private static final ModelShape SHAPE = ModelShape.esm2(1, 8, 2);
    private static final String VOCABULARY = String.join("\n", TokenizerFiles.tokens());

    private final Map<String, Object> config = new LinkedHashMap<>(new ModelConfig(SHAPE, true).fields());
    private final MemoryFile file = new MemoryFile();

    @BeforeEach
    void fill() throws IOException {
        for (NamedTensor tensor : ModelExport.tensors(SHAPE, new InitialWeights(3))) {
            file.put(tensor.name(), tensor.shape(), tensor.values().read());
        }
    }

    @Test
    void anExportedModelIsTakenWithEveryParameter() throws Exception {
        ModelImport model = ModelImport.of(config, VOCABULARY + "\n", file);
        assertThat(model.shape()).isEqualTo(SHAPE);
        assertThat(model.tokenDropout()).isTrue();
        TensorSpec query = parameter("layers.0.self_attn.q_proj.weight");
        assertThat(model.read(query)).isEqualTo(new InitialWeights(3).read(query));
    }

    @Test
    void theConfigOfAPublishedEsm2WithThisVocabularyIsUnderstood() throws Exception {
        try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/huggingface/esm2-style-config.json"))) {
            Map<String, Object> published = new ObjectMapper().readValue(in, new TypeReference<>() {});
            assertThat(ModelConfig.of(published)).isEqualTo(new ModelConfig(ModelShape.esm2(6, 320, 20), true));
        }
    }

    @Test
    void modelsOfTheOtherFamiliesComeBackUnderTheirOwnNames() throws Exception {
        for (ModelShape shape : List.of(
                ModelShape.causal(2, 8, 2),
                ModelShape.lstm(2, 6, 5),
                ModelShape.modern(2, 8, 2),
                ModelShape.modernCausal(2, 8, 2).withQkNorm())) {
            MemoryFile other = new MemoryFile();
            for (NamedTensor tensor : ModelExport.tensors(shape, new InitialWeights(4))) {
                other.put(tensor.name(), tensor.shape(), tensor.values().read());
            }
            ModelImport model = ModelImport.of(new ModelConfig(shape, false).fields(), VOCABULARY, other);
            assertThat(model.shape()).isEqualTo(shape);
            assertThat(other.tensors().keySet())
                    .containsExactlyElementsOf(Networks.parameters(shape).stream()
                            .map(TensorSpec::name)
                            .toList());
            for (TensorSpec tensor : Networks.parameters(shape)) {
                assertThat(model.read(tensor)).isEqualTo(new InitialWeights(4).read(tensor));
            }
        }
    }

    @Test
    void theConfigOfEveryNamedShapeIsReadAsItWasWritten() throws Exception {
        for (ModelShape shape : NamedShapes.byName().values()) {
            ModelConfig written = new ModelConfig(shape, shape.family() == Family.ESM2);
            assertThat(ModelConfig.of(written.fields())).isEqualTo(written);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vocab_size, 33",
        "pad_token_id, 1",
        "mask_token_id, 32",
        "position_embedding_type, absolute",
        "layer_norm_eps, 1e-12",
        "emb_layer_norm_before, true",
        "hidden_act, relu",
        "model_type, bert",
        "num_hidden_layers, many"
    })
    void aModelThatIsComputedOtherwiseIsRefusedWithTheField(String field, String value) {
        config.put(field, value);
        parse(field, value);
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining("config.json: field " + field);
    }

    @Test
    void headsThatDoNotDivideTheWidthAreRefused() {
        config.put("num_attention_heads", 3);
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file)).hasMessageContaining("divisible");
    }

    @Test
    void aVocabularyThatDoesNotNameEachTokenOnceIsRefusedWithTheLine() {
        String twice = VOCABULARY.replace("<mask>\nA\nC", "<mask>\nL\nA");
        assertThatThrownBy(() -> ModelImport.of(config, twice, file))
                .hasMessage("vocab.txt: line 14 is L, as line 5 is");
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY + "\n<unk>", file))
                .hasMessage("vocab.txt: holds 30 tokens, the embedding has 29 rows");
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY.replace("\nU\n", "\n#\n"), file))
                .hasMessage("vocab.txt: has no line for the token U");
    }

    @Test
    void tokensInAnotherOrderAreFollowed() throws Exception {
        String other = VOCABULARY.replace("<mask>\nA\nC", "<mask>\nC\nA");
        TensorSpec embedding = parameter("embed_tokens.weight");
        FloatBuffer moved = ModelImport.of(config, other, file).read(embedding).asFloatBuffer();
        FloatBuffer before = new InitialWeights(3).read(embedding).asFloatBuffer();
        assertThat(moved.get(4 * 8)).isEqualTo(before.get(5 * 8));
        assertThat(moved.get(5 * 8)).isEqualTo(before.get(4 * 8));
        assertThat(moved.get(6 * 8)).isEqualTo(before.get(6 * 8));
    }

    @Test
    void withoutVocabularyTheOrderIsThisProjectsAndThatIsSaid() throws Exception {
        ModelImport model = ModelImport.of(config, null, file);
        assertThat(model.notes()).singleElement().asString().contains("vocab.txt is absent", "plm-frontier's");
        config.put("vocab_list", List.of("A"));
        assertThatThrownBy(() -> ModelImport.of(config, null, file)).hasMessageContaining("token <pad>");
    }

    @ParameterizedTest
    @CsvSource({
        "num_hidden_layers, 1000000000, holds 1 layers",
        "num_hidden_layers, 2147483648, whole number",
        "num_hidden_layers, 1e9, whole number",
        "num_hidden_layers, 1.0e0, whole number",
        "num_hidden_layers, 0, positive",
        "num_hidden_layers, -1, positive",
        "hidden_size, 1000000000, with 8",
        "intermediate_size, 2000000000, with 32",
        "intermediate_size, 64, with 32"
    })
    void aSizeThatTheFileDoesNotBringIsRefusedBeforeAnythingIsMadeByIt(String field, String value, String reason) {
        parse(field, value);
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining(field.equals("num_hidden_layers") ? "config.json: field" : field)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "is_decoder, true",
        "add_cross_attention, true",
        "is_folding_model, true",
        "esmfold_config, {}x",
        "quantization_config, int8",
        "pruned_heads, 0",
        "architectures, EsmForProteinFolding",
        "tie_word_embeddings, false"
    })
    void anotherKindOfModelIsRefusedByName(String field, String value) {
        config.put(field, List.of(value));
        if (value.equals("true") || value.equals("false")) {
            config.put(field, Boolean.valueOf(value));
        }
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining("config.json: field " + field);
    }

    @Test
    void anOutputOfItsOwnIsTakenWhereItIsTheEmbedding() throws Exception {
        config.put("tie_word_embeddings", false);
        file.put("lm_head.decoder.weight", List.of(29, 8), file.read("esm.embeddings.word_embeddings.weight"));
        ModelImport.of(config, VOCABULARY, file);
    }

    @Test
    void aValueThatIsNoNumberIsRefusedWithTensorAndPlace() {
        String name = "esm.encoder.layer.0.intermediate.dense.weight";
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
            ByteBuffer values = file.read(name);
            file.put(name, List.of(32, 8), copyWith(values, 3 * 8 + 5, bad));
            assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                    .hasMessage("model.safetensors: tensor '" + name + "' holds " + bad + " at [3][5]");
            file.put(name, List.of(32, 8), values);
        }
    }

    @Test
    void positionsThatTurnOtherwiseAreRefused() {
        String name = "esm.encoder.layer.0.attention.self.rotary_embeddings.inv_freq";
        file.put(name, List.of(2), copyWith(file.read(name), 1, 0.5f));
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .hasMessageContaining(name)
                .hasMessageContaining("0.5 at [1]");
    }

    private static ByteBuffer copyWith(ByteBuffer values, int place, float number) {
        ByteBuffer copy = ByteBuffer.allocate(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(values.duplicate()).flip();
        return copy.putFloat(place * Float.BYTES, number);
    }

    @Test
    void aTensorThatIsMissingOrOfAnotherShapeOrTypeIsRefused() throws IOException {
        TensorFile.Entry entry = file.entries.remove("lm_head.bias");
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .hasMessageContaining("model.safetensors: tensor 'lm_head.bias' is missing");
        file.entries.put("lm_head.bias", new TensorFile.Entry("F16", entry.shape()));
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file)).hasMessageContaining("F16[29]");
    }

    @Test
    void whatIsNoPartOfTheModelIsRefusedUnlessItIsKnownNotToMatter() throws Exception {
        file.put("esm.contact_head.regression.weight", List.of(1, 2), ByteBuffer.allocate(8));
        file.put("esm.embeddings.position_embeddings.weight", List.of(1026, 8), ByteBuffer.allocate(1026 * 32));
        file.put("esm.embeddings.position_ids", List.of(1, 2), ByteBuffer.allocate(8));
        file.put("lm_head.decoder.weight", List.of(29, 8), file.read("esm.embeddings.word_embeddings.weight"));
        assertThat(ModelImport.of(config, VOCABULARY, file).card())
                .contains("not kept", "esm.contact_head.regression.weight");
        file.put("lm_head.decoder.weight", List.of(29, 8), ByteBuffer.allocate(29 * 8 * 4));
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file)).hasMessageContaining("not tied");
        file.entries.remove("lm_head.decoder.weight");
        file.put("adapter.weight", List.of(1), ByteBuffer.allocate(4));
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .hasMessageContaining("'adapter.weight' has no place");
    }

    private static TensorSpec parameter(String name) {
        return Networks.parameters(SHAPE).stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** CSV gives texts; numbers and flags are meant. */
    private void parse(String field, String value) {
        if (value.equals("true")) {
            config.put(field, true);
        } else if (value.contains("e") && Character.isDigit(value.charAt(0))) {
            config.put(field, Double.valueOf(value));
        } else if (value.matches("-?\\d+")) {
            long number = Long.parseLong(value);
            config.put(field, number == (int) number ? (Object) (int) number : (Object) number);
        }
    }
}
