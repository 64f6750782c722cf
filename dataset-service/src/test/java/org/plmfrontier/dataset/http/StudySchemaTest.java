package org.plmfrontier.dataset.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.Sample;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;

/** The published schema of study files against the records that the service reads. */
class StudySchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final JsonNode schema = read();

    private static JsonNode read() {
        try (InputStream file = StudySchemaTest.class.getResourceAsStream("/META-INF/resources/study.schema.json")) {
            return JSON.readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyFieldThatTheServiceReadsIsInTheSchemaAndNoOther() {
        Map<String, Class<?>> records = new LinkedHashMap<>();
        records.put("", StudyRequest.class);
        records.put("/$defs/corpus", CorpusRequest.class);
        records.put("/$defs/corpus/properties/cluster", Clustering.class);
        records.put("/$defs/corpus/properties/sample", Sample.class);
        records.put("/$defs/corpus/properties/heldOutIdentity", IdentityBound.class);
        records.put("/$defs/corpus/properties/heldOut", CorpusRequest.HeldOutRequest.class);
        records.put("/$defs/evaluation", EvaluationField.EvaluationRequest.class);
        records.put("/$defs/shape", ModelShape.class);
        records.put("/$defs/recipe", Recipe.class);
        records.put("/$defs/recipe/properties/optimizer", Optimizer.class);
        records.put("/$defs/recipe/properties/masking", Masking.class);
        records.forEach((place, type) -> {
            TreeSet<String> described = new TreeSet<>();
            schema.at(place + "/properties").fieldNames().forEachRemaining(described::add);
            TreeSet<String> components = new TreeSet<>();
            Arrays.stream(type.getRecordComponents()).forEach(component -> components.add(component.getName()));
            assertThat(described).as(place).isEqualTo(components);
        });
    }

    @Test
    void everyFieldIsDescribed() {
        List<String> bare = new ArrayList<>();
        bare(schema, "", bare);
        assertThat(bare).isEmpty();
    }

    private static void bare(JsonNode node, String path, List<String> bare) {
        node.path("properties").properties().forEach(field -> {
            String place = path + "/" + field.getKey();
            if (!field.getValue().hasNonNull("description")) {
                bare.add(place);
            }
            bare(field.getValue(), place, bare);
        });
        node.path("$defs").properties().forEach(def -> bare(def.getValue(), path + "/" + def.getKey(), bare));
    }

    @Test
    void defaultsOfACorpusAreThoseOfTheService() {
        CorpusOptions defaults = new CorpusRequest(
                        List.of("x"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)
                .wanted()
                .options();
        JsonNode actual = JSON.valueToTree(defaults);
        schema.at("/$defs/corpus/properties").properties().forEach(field -> {
            if (field.getValue().has("default")) {
                assertThat(actual.get(field.getKey()).asText())
                        .as(field.getKey())
                        .isEqualTo(field.getValue().get("default").asText());
            }
        });
    }

    @Test
    void examplesAreValid() {
        schema.path("examples")
                .forEach(example -> assertThat(violations(example.toString())).isEmpty());
        assertThat(schema.path("examples")).hasSizeGreaterThan(1);
    }

    @Test
    void studyFilesOfTheDocumentationAreValid() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "studies.md"));
        List<String> files = Pattern.compile("(?s)```yaml\\n(.*?)```")
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(files).hasSizeGreaterThan(1);
        for (String file : files) {
            JsonNode read = new YAMLMapper().readTree(file.replaceAll("(\\d)e(\\d)", "$1.0e+$2"));
            assertThat(violations(read.toString())).as(file).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"corpus\": 5}",
                "{\"corpus\": \"a\", \"budgte\": \"20m\"}",
                "{\"corpus\": \"a\", \"tokenBudgets\": [\"2 M\"]}",
                "{\"corpus\": {\"sources\": \"a\", \"maxlength\": 5}}",
                "{\"corpus\": \"a\", \"shapes\": [{\"family\": \"ESM3\"}]}"
            })
    void whatTheServiceRefusesTheSchemaRefuses(String file) {
        assertThat(violations(file)).isNotEmpty();
    }

    private List<?> violations(String json) {
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString());
        return compiled.validate(json, InputFormat.JSON);
    }
}
