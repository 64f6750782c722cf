package org.plmfrontier.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
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
        TensorSpec query = new TensorSpec("layers.0.self_attn.q_proj.weight", List.of(8, 8));
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
        config.put(field, new ObjectMapper().convertValue(value, Object.class));
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
    void anotherVocabularyIsRefusedWithTheLine() {
        String other = VOCABULARY.replace("<mask>\nA\nC", "<mask>\nL\nA");
        assertThatThrownBy(() -> ModelImport.of(config, other, file))
                .hasMessage("vocab.txt: line 5 is L, this trainer's token 4 is A");
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY + "\n<unk>", file))
                .hasMessageContaining("line 30 is <unk>");
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
        file.put("esm.embeddings.position_ids", List.of(1, 2), ByteBuffer.allocate(8));
        file.put("lm_head.decoder.weight", List.of(29, 8), file.read("esm.embeddings.word_embeddings.weight"));
        ModelImport.of(config, VOCABULARY, file);
        file.put("lm_head.decoder.weight", List.of(29, 8), ByteBuffer.allocate(29 * 8 * 4));
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file)).hasMessageContaining("not tied");
        file.entries.remove("lm_head.decoder.weight");
        file.put("adapter.weight", List.of(1), ByteBuffer.allocate(4));
        assertThatThrownBy(() -> ModelImport.of(config, VOCABULARY, file))
                .hasMessageContaining("'adapter.weight' has no place");
    }

    /** CSV gives texts; numbers and flags are meant. */
    private void parse(String field, String value) {
        if (value.equals("true")) {
            config.put(field, true);
        } else if (Character.isDigit(value.charAt(0))) {
            config.put(field, value.contains("e") ? (Object) Double.valueOf(value) : (Object) Integer.valueOf(value));
        }
    }

    private static final class MemoryFile implements TensorFile {
        private final Map<String, Entry> entries = new LinkedHashMap<>();
        private final Map<String, ByteBuffer> values = new LinkedHashMap<>();

        void put(String name, List<Integer> shape, ByteBuffer numbers) {
            entries.put(name, new Entry("F32", shape));
            values.put(name, numbers);
        }

        @Override
        public Map<String, Entry> tensors() {
            return entries;
        }

        @Override
        public ByteBuffer read(String name) {
            return Objects.requireNonNull(values.get(name)).duplicate();
        }

        @Override
        public void close() {}
    }
}
