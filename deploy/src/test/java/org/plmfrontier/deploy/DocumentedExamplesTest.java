package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.plmfrontier.deploy.Document.Block;

/**
 * Blocks of JSON and YAML in the documentation fit what they are examples of: a block with a {@code corpus} the schema of study files,
 * one whose fence names a schema, as {@code json dataset-service#ModelShape}, that schema of docs/openapi.
 */
class DocumentedExamplesTest {
    private static final Path STUDY_SCHEMA =
            Path.of("dataset-service/src/main/resources/META-INF/resources/study.schema.json");

    private static final Schema STUDY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Project.read(Project.ROOT.resolve(STUDY_SCHEMA)));

    private static int parsed;
    private static int studies;
    private static int named;

    static Stream<Block> blocks() {
        return Document.all().stream()
                .flatMap(document -> document.blocks().stream())
                .filter(block -> List.of("json", "yaml").contains(block.language()));
    }

    @AfterAll
    static void sayHowMany() {
        System.out.printf(
                "examples of the documentation: %d blocks of JSON and YAML, %d of them study files, %d by a named schema%n",
                parsed, studies, named);
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockFitsWhatItIsAnExampleOf(Block block) {
        JsonNode value = parse(block);
        parsed++;
        if (!block.schema().isEmpty()) {
            named++;
            assertThat(problems(block.schema(), value)).isEmpty();
        } else if (value.has("corpus")) {
            studies++;
            assertThat(STUDY.validate(value.toString(), InputFormat.JSON)).isEmpty();
        }
    }

    @Test
    void thereAreStudyFilesAndNamedSchemas() {
        assertThat(blocks().filter(block -> parse(block).has("corpus"))).hasSizeGreaterThan(1);
        assertThat(blocks().filter(block -> !block.schema().isEmpty())).isNotEmpty();
    }

    @Test
    void aBlockThatDoesNotFitIsFound() {
        JsonNode wrong = Manifests.parse("{family: MODERN, layers: 4, dModel: 320, heads: 20, ffn: 896}")
                .getFirst();
        assertThat(problems("dataset-service#ModelShape", wrong)).hasSizeGreaterThan(1);
        assertThat(STUDY.validate("{\"corpus\": \"a\", \"budgte\": \"20m\"}", InputFormat.JSON))
                .isNotEmpty();
    }

    private static List<String> problems(String schema, JsonNode value) {
        String[] parts = schema.split("#");
        return ApiDocument.of(parts[0]).problems(ApiDocument.reference(parts[1]), value);
    }

    /** Numbers such as 1e17 are text to YAML 1.1, and numbers to the services. */
    private static JsonNode parse(Block block) {
        String text = block.text().replaceAll("(\\.\\d+)e(\\d)", "$1e+$2").replaceAll("(\\d)e(\\d)", "$1.0e+$2");
        return Manifests.parse(text).getFirst();
    }
}
