package org.plmfrontier.launcher.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PlanLinesTest {
    private static final String STUDY = """
            {"id":"s","corpus":"0123456789abcdef","recipe":{"name":"frontier-default"},"expectedFlops":1e12,
             "choices":[],"omissions":[],"warnings":[],"makespans":%s,
             "runs":[{"name":"5M","parameters":{"exact":5e6},"expectedFlops":1e12,"epochs":1.5,"deviceHours":0.5,
                      "cells":[{"tokens":1e5},{"tokens":2e5}]}]}
            """;

    @Test
    void aPlanSaysUntilWhenHowManyTrainersAreDone() throws JsonProcessingException {
        assertThat(lines("""
                        [{"trainers":1,"devicesEach":1,"hours":9,"idleShare":0},
                         {"trainers":2,"devicesEach":1,"hours":8,"idleShare":0.44},
                         {"trainers":1,"devicesEach":2,"hours":4.5,"idleShare":0}]"""))
                .contains(
                        "  done in 9.00 h with 1 trainer, 8.00 h with 2",
                        "  done in 4.50 h with 1 trainer of 2 devices each, at best");
    }

    @Test
    void whereOneTrainerIsAllNothingIsSaid() throws JsonProcessingException {
        assertThat(lines("[{\"trainers\":1,\"devicesEach\":1,\"hours\":0.5,\"idleShare\":0}]"))
                .noneMatch(line -> line.contains("done in"));
    }

    private static Iterable<String> lines(String makespans) throws JsonProcessingException {
        return PlanLines.of(new ObjectMapper().readTree(STUDY.formatted(makespans)));
    }
}
