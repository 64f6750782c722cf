package org.plmfrontier.trainer.huggingface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.parameter.TensorSpec;

/** A folder as facebook/esm2 publishes it: 33 tokens, a contact head, position embeddings; weights by formula. */
class PublishedEsm2Test {
    private static final ModelShape SHAPE = ModelShape.esm2(2, 16, 2);
    private static final List<String> PUBLISHED =
            List.of(("<cls> <pad> <eos> <unk> L A G V S E R T I D P K Q N F Y M H W C X B U Z O . - <null_1> <mask>")
                    .split(" "));
    private static final String SEQUENCE = "MKV<mask>LLXAGWUZ<mask>OBY";

    private final Map<String, Object> config = new LinkedHashMap<>(new ModelConfig(SHAPE, true).fields());
    private final MemoryFile file = new MemoryFile();
    private final Map<String, float[]> published = new HashMap<>();

    @BeforeEach
    void fill() {
        config.put("vocab_size", 33);
        config.put("pad_token_id", 1);
        config.put("mask_token_id", 32);
        config.remove("bos_token_id");
        config.put("cls_token_id", 0);
        config.put("esmfold_config", null);
        config.put("vocab_list", null);
        for (TensorSpec tensor : Networks.parameters(SHAPE)) {
            List<Integer> shape = new ArrayList<>(tensor.shape());
            if (tensor.name().equals("embed_tokens.weight") || tensor.name().equals("lm_head.bias")) {
                shape.set(0, 33);
            }
            put(
                    Networks.layout(SHAPE.family()).exported(tensor.name()),
                    shape,
                    tensor.name().endsWith("norm.weight"));
        }
        for (int layer = 0; layer < SHAPE.layers(); layer++) {
            ByteBuffer frequencies = frequencies();
            String name = "esm.encoder.layer." + layer + ".attention.self.rotary_embeddings.inv_freq";
            file.put(name, List.of(SHAPE.keySize() / 2), frequencies);
            published.put(name, floats(frequencies.duplicate().order(ByteOrder.LITTLE_ENDIAN)));
        }
        put("esm.contact_head.regression.weight", List.of(1, 4), false);
        put("esm.contact_head.regression.bias", List.of(1), false);
        put("esm.embeddings.position_embeddings.weight", List.of(1026, 16), false);
    }

    /** 1 / 10000^(2j / key size), as transformers' RotaryEmbedding has it. */
    private static ByteBuffer frequencies() {
        ByteBuffer values =
                ByteBuffer.allocate(SHAPE.keySize() / 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int j = 0; j < SHAPE.keySize(); j += 2) {
            values.putFloat((float) (1 / Math.pow(10_000, (double) j / SHAPE.keySize())));
        }
        return values.flip();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsLogitsOverTheTokensOfThisProjectAreASoftmaxRestrictedToThem(boolean withVocabulary) throws Exception {
        ModelImport model = ModelImport.of(config, withVocabulary ? String.join("\n", PUBLISHED) + "\n" : null, file);
        double[][] theirs = new EsmReference(published, 16, 2, 2).logits(tokens(PUBLISHED), 32, true);
        double[][] ours = new EsmReference(imported(model), 16, 2, 2)
                .logits(tokens(TokenizerFiles.tokens()), Vocabulary.MASK, true);
        for (int place = 0; place < ours.length; place++) {
            double[] restricted = new double[Vocabulary.SIZE];
            for (int token = 0; token < Vocabulary.SIZE; token++) {
                restricted[token] =
                        theirs[place][PUBLISHED.indexOf(TokenizerFiles.tokens().get(token))];
            }
            assertThat(softmax(ours[place])).containsExactly(softmax(restricted), within(1e-12));
            assertThat(softmax(restricted)).isNotEqualTo(softmax(new double[Vocabulary.SIZE]));
        }
    }

    @Test
    void theCardSaysWhatMovedAndWhatWasDropped() throws Exception {
        String card = ModelImport.of(config, String.join("\n", PUBLISHED), file).card();
        assertThat(card)
                .contains("33 tokens", "`L` 4 to 13", "`<mask>` 32 to 3")
                .contains("dropped: 3 <unk>, 29 ., 30 -, 31 <null_1>;")
                .contains("esm.contact_head.regression.bias", "esm.embeddings.position_embeddings.weight");
    }

    @Test
    void idsThatContradictTheVocabularyAreRefused() {
        config.put("mask_token_id", 31);
        assertThatThrownBy(() -> ModelImport.of(config, String.join("\n", PUBLISHED), file))
                .hasMessage("config.json: field mask_token_id is 31, the row of <mask> is 32");
    }

    private void put(String name, List<Integer> shape, boolean norm) {
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        float[] numbers = new float[size];
        ByteBuffer bytes = ByteBuffer.allocate(size * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < size; i++) {
            numbers[i] = (norm ? 1 : 0) + (float) (0.4 * Math.sin(name.hashCode() % 1000 + 1.7 * i));
            bytes.putFloat(numbers[i]);
        }
        published.put(name, numbers);
        file.put(name, shape, bytes.flip());
    }

    private static Map<String, float[]> imported(ModelImport model) throws Exception {
        Map<String, float[]> tensors = new HashMap<>();
        for (NamedTensor tensor : ModelExport.tensors(model.shape(), model)) {
            tensors.put(tensor.name(), floats(tensor.values().read()));
        }
        return tensors;
    }

    private static int[] tokens(List<String> vocabulary) {
        List<Integer> tokens = new ArrayList<>(List.of(vocabulary.indexOf("<cls>")));
        String rest = SEQUENCE;
        while (!rest.isEmpty()) {
            String token = rest.startsWith("<mask>") ? "<mask>" : rest.substring(0, 1);
            tokens.add(vocabulary.indexOf(token));
            rest = rest.substring(token.length());
        }
        tokens.add(vocabulary.indexOf("<eos>"));
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] softmax(double[] logits) {
        double[] shares = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            shares[i] = Math.exp(logits[i]);
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= sum;
        }
        return shares;
    }

    private static float[] floats(@Nullable ByteBuffer bytes) {
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }
}
