package org.plmfrontier.trainer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.trainer.djl.Engines;
import org.plmfrontier.trainer.family.Networks;
import org.plmfrontier.trainer.huggingface.NamedTensor;
import org.plmfrontier.trainer.huggingface.UnfitModelException;
import org.plmfrontier.trainer.parameter.InitialWeights;
import org.plmfrontier.trainer.parameter.TensorSpec;
import org.plmfrontier.trainer.safetensors.SafetensorsModels;

class FolderEvaluationTest {
    private static final ModelShape SHAPE = ModelShape.esm2(2, 32, 2);

    /** Rows of a vocabulary as facebook/esm2 has it, and as this project has. */
    private static final List<String> PUBLISHED =
            List.of(("<cls> <pad> <eos> <unk> L A G V S E R T I D P K Q N F Y M H W C X B U Z O . - <null_1> <mask>")
                    .split(" "));

    private static final List<String> OWN =
            List.of("<pad> <cls> <eos> <mask> A C D E F G H I K L M N P Q R S T V W Y B U O Z X".split(" "));

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();
    private final FolderEvaluation evaluation = new FolderEvaluation(ignored -> Engines.shared(), progress::add);

    @Test
    void aModelsFolderAndFilesGiveMeasuresBaselinesAndFindings() throws Exception {
        write("scan.csv", "mutant,DMS_score\nM1A,1\nK2R,2\nV3A,3\nC4A,0\nA5G,-1\n");
        write("wt.fasta", ">x\nMKVLAW\n");
        EvaluationAnswer answer = evaluation.answer(
                request("VARIANT_EFFECT", Map.of("scores", "scan.csv", "wildType", "wt.fasta"), model()));
        assertThat(answer.measures().getFirst().metric()).isEqualTo("spearman");
        assertThat(answer.measures().getFirst().count()).isEqualTo(4);
        assertThat(answer.baselines().get("BLOSUM62").getFirst().count()).isEqualTo(4);
        assertThat(answer.findings())
                .anyMatch(finding -> finding.startsWith("scan.csv: 1 rows set apart"))
                .contains("scored by masked-marginals");
        assertThat(progress).containsExactly("reading the data", "loading the model", "measuring");
        JsonNode json = new ObjectMapper().valueToTree(answer);
        assertThat(json.at("/measures/0/value").asDouble())
                .isEqualTo(answer.measures().getFirst().value());
    }

    @Test
    void aModelThatKnowsNothingIsAboutAsPerplexedAsItHasTokens() throws Exception {
        write("p.fasta", ">a\nMKVLAWGGSTRE\n>b\nWYFPLIDNQ\n");
        EvaluationAnswer answer = evaluation.answer(request("PERPLEXITY", Map.of("proteins", "p.fasta"), model()));
        assertThat(answer.measures().getFirst().value()).isBetween(20.0, 45.0);
        assertThat(answer.measures()).hasSize(3);
    }

    @Test
    void aPublishedFolderOf33TokensIsMeasuredAsTheSameModelWithThoseOfThisProject() throws Exception {
        write("scan.csv", "mutant,DMS_score\nM1A,1\nK2R,2\nV3A,3\nL4A,0\nA5G,-1\nW6F,2.5\n");
        write("wt.fasta", ">x\nMKVLAW\n");
        write("p.fasta", ">a\nMKVLAWGGSTRE\n>b\nWYFPLIDNQ\n");
        Path own = model();
        for (Map<String, String> data :
                List.of(Map.of("scores", "scan.csv", "wildType", "wt.fasta"), Map.of("proteins", "p.fasta"))) {
            String kind = data.containsKey("scores") ? "VARIANT_EFFECT" : "PERPLEXITY";
            EvaluationAnswer expected = evaluation.answer(request(kind, data, own));
            for (boolean withVocabulary : List.of(true, false)) {
                Path published = published(withVocabulary);
                EvaluationAnswer answer = evaluation.answer(request(kind, data, published));
                assertThat(answer.measures()).isEqualTo(expected.measures()).isNotEmpty();
                assertThat(answer.baselines()).isEqualTo(expected.baselines());
                assertThat(answer.notes())
                        .anyMatch(note -> note.contains("33 tokens"))
                        .anyMatch(note -> note.contains("contact_head"));
            }
        }
    }

    @Test
    void badDataAndModelsAreRefusedBeforeTheEngineStarts() throws Exception {
        FolderEvaluation without = new FolderEvaluation(
                ignored -> {
                    throw new AssertionError("the engine must not start");
                },
                progress::add);
        write("p.fasta", ">a\nMKV\n");
        write("empty.fasta", "");
        assertThatThrownBy(() -> without.answer(request("PERPLEXITY", Map.of("proteins", "empty.fasta"), model())))
                .hasMessageContaining("empty.fasta is empty");
        Path broken = Files.createDirectories(folder.resolve("broken"));
        write("broken/config.json", "[");
        assertThatThrownBy(() -> without.answer(request("PERPLEXITY", Map.of("proteins", "p.fasta"), broken)))
                .isInstanceOf(UnfitModelException.class)
                .hasMessageContaining("config.json");
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private EvaluationRequest request(String kind, Map<String, String> data, Path model) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode request =
                json.createObjectNode().put("model", model.toString()).put("kind", kind);
        request.putObject("options");
        data.forEach((role, name) -> request.withArray("/data")
                .addObject()
                .put("role", role)
                .put("path", folder.resolve(name).toString()));
        request.putObject("engine").put("folder", "unused").put("threads", 1).put("device", "cpu");
        return json.readValue(json.writeValueAsString(request), EvaluationRequest.class);
    }

    /** The exported layout, written by hand. */
    private Path model() throws IOException {
        Path model = Files.createDirectories(folder.resolve("model"));
        List<NamedTensor> tensors = new ArrayList<>();
        InitialWeights weights = new InitialWeights(3);
        for (TensorSpec tensor : Networks.parameters(SHAPE)) {
            String name = Networks.layout(SHAPE.family()).exported(tensor.name());
            tensors.add(new NamedTensor(name, tensor.shape(), () -> weights.read(tensor)));
        }
        try (OutputStream out = Files.newOutputStream(model.resolve("model.safetensors"))) {
            SafetensorsModels.write(tensors, out);
        }
        try (InputStream published =
                Objects.requireNonNull(getClass().getResourceAsStream("/huggingface/esm2-style-config.json"))) {
            String config = new String(published.readAllBytes(), StandardCharsets.UTF_8);
            write(
                    "model/config.json",
                    config.replace("\"hidden_size\": 320", "\"hidden_size\": 32")
                            .replace("\"intermediate_size\": 1280", "\"intermediate_size\": 128")
                            .replace("\"num_attention_heads\": 20", "\"num_attention_heads\": 2")
                            .replace("\"num_hidden_layers\": 6", "\"num_hidden_layers\": 2"));
        }
        return model;
    }

    /** The same model as facebook/esm2 publishes it: rows in another order, and tensors that are not used. */
    private Path published(boolean withVocabulary) throws IOException {
        Path model = Files.createDirectories(folder.resolve("published-" + withVocabulary));
        List<NamedTensor> tensors = new ArrayList<>();
        InitialWeights weights = new InitialWeights(3);
        for (TensorSpec tensor : Networks.parameters(SHAPE)) {
            String name = Networks.layout(SHAPE.family()).exported(tensor.name());
            boolean rows =
                    tensor.name().equals("embed_tokens.weight") || tensor.name().equals("lm_head.bias");
            List<Integer> shape = new ArrayList<>(tensor.shape());
            if (rows) {
                shape.set(0, PUBLISHED.size());
            }
            tensors.add(
                    new NamedTensor(name, shape, () -> rows ? reordered(weights.read(tensor)) : weights.read(tensor)));
        }
        tensors.add(unused("esm.contact_head.regression.weight", 1, 4));
        tensors.add(unused("esm.contact_head.regression.bias", 1));
        tensors.add(unused("esm.embeddings.position_embeddings.weight", 1026, 32));
        try (OutputStream out = Files.newOutputStream(model.resolve("model.safetensors"))) {
            SafetensorsModels.write(tensors, out);
        }
        ObjectNode config = (ObjectNode) new ObjectMapper().readTree(Files.readString(model().resolve("config.json")));
        config.put("vocab_size", PUBLISHED.size()).put("pad_token_id", 1).put("mask_token_id", 32);
        config.remove("bos_token_id");
        write(model.getFileName() + "/config.json", config.toPrettyString());
        if (withVocabulary) {
            write(model.getFileName() + "/vocab.txt", String.join("\n", PUBLISHED) + "\n");
        }
        return model;
    }

    /** Rows of this project's tokens at their published places; those of others hold a number that would be noticed. */
    private static ByteBuffer reordered(ByteBuffer own) {
        ByteBuffer source = own.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int row = source.remaining() / OWN.size();
        ByteBuffer target = ByteBuffer.allocate(row * PUBLISHED.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (String token : PUBLISHED) {
            int place = OWN.indexOf(token);
            for (int i = 0; i < row; i += Float.BYTES) {
                target.putFloat(place < 0 ? 77 : source.getFloat(source.position() + place * row + i));
            }
        }
        return target.flip();
    }

    private static NamedTensor unused(String name, Integer... shape) {
        int numbers = List.of(shape).stream().reduce(1, Math::multiplyExact);
        return new NamedTensor(
                name,
                List.of(shape),
                () -> ByteBuffer.allocate(numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN));
    }
}
