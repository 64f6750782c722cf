package org.plmfrontier.trainer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
}
