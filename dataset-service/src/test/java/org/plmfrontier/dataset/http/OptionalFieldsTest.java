package org.plmfrontier.dataset.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.dataset.StackResource;

/** Every request body with each of its fields left out, and with each set to null: an answer or a refusal, never a failure. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class OptionalFieldsTest extends ServiceScene {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void noFieldThatIsLeftOutOrNullIsAFailure() throws Exception {
        submit(study("left-out", "2000")).statusCode(201);
        Path scores = Files.writeString(folder.resolve("scores.csv"), "mutant,DMS_score\nA1H,17\n");
        Path wild = Files.writeString(folder.resolve("wild.fasta"), ">w\nACD\n");
        String evaluation = """
                {"name":"scan","kind":"variant-effect","files":{"scores":"%s","wildType":["%s"]},
                 "options":{"offset":0}}""".formatted(scores, wild);
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("/studies?preview=true", """
                {"id":"whole","corpus":"%s","family":"ESM2","shapes":[%s],"tokenBudgets":[2000,4000],"seeds":[1,2],
                 "maxRunFlops":1e12,"maxEpochs":3,"learningRates":[1e-3],"evaluations":[%s],
                 "recipe":{"name":"frontier-default","threads":1,"masking":{"selected":0.15,"masked":0.8,"random":0.1}}}""".formatted(corpus, SMALL, evaluation));
        bodies.put("/studies?preview=true&strict=true", """
                {"id":"whole","corpus":"%s","sizes":"5k..20k, 3","flopBudgets":[1e9],"devices":1,"maxEpochs":40}""".formatted(corpus));
        bodies.put("/studies/left-out/extend", "{\"shapes\":[" + SMALL + "],\"tokenBudgets\":[3000]}");
        bodies.put("/studies/left-out/commands", "{\"action\":\"STOP\",\"reason\":\"a test\",\"by\":\"somebody\"}");
        bodies.put("/studies/left-out/evaluations", "[" + evaluation + "]");
        bodies.put("/corpora?preview=true", """
                {"sources":["%s"],"heldOutSequences":20,"maxLength":64,"minLength":5,"batchTokens":512,"seed":3,
                 "sample":{"share":0.5}}""".formatted(folder.resolve("small.fasta")));
        List<String> failures = new ArrayList<>();
        int asked = 0;
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            for (JsonNode variant : variants(JSON.readTree(body.getValue()))) {
                int status = given().contentType(ContentType.JSON)
                        .body(JSON.writeValueAsBytes(variant))
                        .post(body.getKey())
                        .statusCode();
                asked++;
                if (status >= 500) {
                    failures.add(status + " " + body.getKey() + " " + variant);
                }
            }
        }
        System.out.println(asked + " bodies");
        assertThat(failures).isEmpty();
        assertThat(asked).isGreaterThan(80);
    }

    /** The tree itself, and with each field of each object absent and null. */
    private static List<JsonNode> variants(JsonNode whole) {
        List<JsonNode> variants = new ArrayList<>();
        variants.add(whole);
        if (whole instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                ObjectNode without = object.deepCopy();
                without.remove(field.getKey());
                variants.add(without);
                variants.add(object.deepCopy().putNull(field.getKey()));
                for (JsonNode inner : variants(field.getValue())) {
                    variants.add(object.deepCopy().set(field.getKey(), inner));
                }
            }
        } else if (whole instanceof ArrayNode array) {
            variants.add(JSON.createArrayNode());
            for (int i = 0; i < array.size(); i++) {
                for (JsonNode inner : variants(array.get(i))) {
                    ArrayNode other = array.deepCopy();
                    other.set(i, inner);
                    variants.add(other);
                }
            }
        }
        return variants;
    }
}
