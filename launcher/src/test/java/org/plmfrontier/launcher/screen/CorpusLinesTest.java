package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CorpusLinesTest {
    @Test
    void aCorpusSaysWithWhichOthersLossesOnItAreComparable() throws IOException {
        String digest = "3a".repeat(32);
        assertThat(CorpusLines.ready(ready(digest, digest, ",\"setApart\":{\"HELD_OUT\":7}")))
                .last()
                .isEqualTo(
                        "  held out: 60 proteins of the common set 3a3a3a3a3a3a, 7 of which were among the sources; losses"
                                + " are comparable with those on every corpus that holds them out");
        assertThat(CorpusLines.ready(ready(digest, "5d637487833b6cda", "")))
                .last()
                .asString()
                .startsWith("  held out: 60 proteins of corpus 5d637487833b6cda, 0 of which");
        JsonNode own = new ObjectMapper()
                .readTree("{\"id\":\"c\",\"manifest\":{\"tokens\":1,\"records\":1,\"heldOut\":null},\"findings\":[]}");
        assertThat(CorpusLines.ready(own)).hasSize(1);
    }

    private static JsonNode ready(String digest, String masks, String more) throws IOException {
        return new ObjectMapper().readTree("""
                {"id": "c", "findings": [], "manifest": {"tokens": 1000, "records": 2, "counts": {"heldOut": 60%s},
                 "heldOut": {"sha256": "%s", "masks": "%s"}}}""".formatted(more, digest, masks));
    }
}
