package org.plmfrontier.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./frontier evaluate} as a user gives it, on a small ESM-2 in the layout of Hugging Face transformers. */
class EvaluateIT {
    private static final Path ROOT = Path.of(System.getProperty("frontier.root"));
    private static final int WIDTH = 16;
    private static final int HIDDEN = 64;

    @TempDir
    Path folder;

    private Path model;

    private record Ran(int status, String out, String err) {}

    @BeforeEach
    void model() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        Files.writeString(model.resolve("config.json"), """
                {"architectures": ["EsmForMaskedLM"], "attention_probs_dropout_prob": 0.0, "emb_layer_norm_before": false,
                 "hidden_act": "gelu", "hidden_dropout_prob": 0.0, "hidden_size": 16, "intermediate_size": 64,
                 "is_folding_model": false, "layer_norm_eps": 1e-05, "mask_token_id": 3, "max_position_embeddings": 1026,
                 "model_type": "esm", "num_attention_heads": 2, "num_hidden_layers": 1, "pad_token_id": 0,
                 "position_embedding_type": "rotary", "token_dropout": true, "vocab_size": 29}
                """);
        writeWeights(model.resolve("model.safetensors"));
        Files.writeString(folder.resolve("wt.fasta"), ">x\nMKVLAWGGST\n");
        Files.writeString(folder.resolve("scan.csv"), "mutant,DMS_score\nM1A,1\nK2R,2\nV3A,3\nL4A,0\nC5G,-1\n");
    }

    @Test
    void aScanIsScoredAndPrintedAsTableAndAsJson() throws Exception {
        Ran table =
                run(model.toString(), "--variants", "scan.csv", "--wild-type", "wt.fasta", "--training", "wt.fasta");
        assertThat(table.status()).as(table.err()).isZero();
        assertThat(table.out())
                .contains("metric     of    value")
                .containsPattern("spearman +all ")
                .containsPattern("spearman +scan ")
                .contains("BLOSUM62")
                .contains("line 6 (C5G; the protein has A there)")
                .containsAnyOf("have a relative of at least 90 %", "unknown is whether");
        Ran json = run(model.toString(), "--variants", "scan.csv", "--wild-type", "wt.fasta", "--json");
        JsonNode answer = new ObjectMapper().readTree(json.out());
        assertThat(answer.at("/measures/0/metric").asText()).isEqualTo("spearman");
        assertThat(answer.at("/measures/0/count").asInt()).isEqualTo(4);
        assertThat(answer.path("family").asText()).isEqualTo("ESM2");
    }

    @Test
    void theProtocolMeasuresPerplexities() throws Exception {
        Ran ran = run(
                model.toString(), "--protocol", "serrano-2024/heldout", "--proteins", "wt.fasta", "--maskings", "2");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("perplexity +all ")
                .containsPattern("maskPerplexity +all ")
                .containsPattern("pseudoPerplexity +all ")
                .contains("residue frequencies");
    }

    @Test
    void whatCannotBeMeasuredIsOneSentence() throws Exception {
        Ran scoring =
                run(model.toString(), "--variants", "scan.csv", "--wild-type", "wt.fasta", "--scoring", "likelihood");
        assertThat(scoring.status()).isEqualTo(3);
        assertThat(scoring.out()).contains("scoring likelihood needs a causal family");
        Files.writeString(folder.resolve("scan.csv"), "variant,score\nM1A,1\n");
        Ran column = run(model.toString(), "--variants", "scan.csv", "--wild-type", "wt.fasta");
        assertThat(column.status()).isEqualTo(1);
        assertThat(column.err())
                .contains("frontier: scan.csv: no column 'mutant'")
                .doesNotContain("\tat ");
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> full = new ArrayList<>(List.of(ROOT.resolve("frontier").toString(), "evaluate"));
        full.addAll(List.of(arguments));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(full)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(4, TimeUnit.MINUTES);
        process.destroy();
        assertThat(ended).as(Files.readString(err)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void writeWeights(Path file) throws IOException {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        shapes.put("esm.embeddings.word_embeddings.weight", List.of(29, WIDTH));
        String layer = "esm.encoder.layer.0.";
        for (String name : List.of("self.query", "self.key", "self.value", "output.dense")) {
            linear(shapes, layer + "attention." + name, WIDTH, WIDTH);
        }
        norm(shapes, layer + "attention.LayerNorm");
        linear(shapes, layer + "intermediate.dense", HIDDEN, WIDTH);
        linear(shapes, layer + "output.dense", WIDTH, HIDDEN);
        norm(shapes, layer + "LayerNorm");
        norm(shapes, "esm.encoder.emb_layer_norm_after");
        linear(shapes, "lm_head.dense", WIDTH, WIDTH);
        norm(shapes, "lm_head.layer_norm");
        shapes.put("lm_head.bias", List.of(29));
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        int end = 0;
        for (Map.Entry<String, List<Integer>> tensor : shapes.entrySet()) {
            int bytes = 4 * tensor.getValue().stream().reduce(1, Math::multiplyExact);
            header.append(",\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(tensor.getKey(), tensor.getValue(), end, end + bytes));
            end += bytes;
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(8 + json.length + end).order(ByteOrder.LITTLE_ENDIAN);
        content.putLong(json.length).put(json);
        Random random = new Random(7);
        while (content.hasRemaining()) {
            content.putFloat((float) (0.2 * random.nextGaussian()));
        }
        Files.write(file, content.array());
    }

    private static void linear(Map<String, List<Integer>> shapes, String name, int out, int in) {
        shapes.put(name + ".weight", List.of(out, in));
        shapes.put(name + ".bias", List.of(out));
    }

    private static void norm(Map<String, List<Integer>> shapes, String name) {
        shapes.put(name + ".weight", List.of(WIDTH));
        shapes.put(name + ".bias", List.of(WIDTH));
    }
}
