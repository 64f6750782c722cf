package org.plmfrontier.launcher.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.publication.BacktestView;
import org.plmfrontier.fitting.table.ColumnMapping;

class FileBacktestTest {
    @TempDir
    Path folder;

    @Test
    void theFutureOfAPlantedTableIsForecast() throws Exception {
        FileBacktest backtest = FileBacktest.of(file(grid(7)), null);
        assertThat(backtest.view().losses()).isEqualTo(28);
        assertThat(backtest.hasPast()).isTrue();
        assertThat(backtest.view().rows())
                .allSatisfy(row -> assertThat(row.medianError()).isLessThan(0.05));
        assertThat(backtest.view().plain()).hasSameSizeAs(backtest.view().rows());
        assertThat(backtest.text())
                .contains("28 final losses")
                .contains("coverage")
                .contains("HOFFMANN");
        JsonNode json = new ObjectMapper().readTree(FitJson.of(backtest));
        assertThat(json.get("rows").get(0).get("k").asInt()).isEqualTo(2);
        assertThat(json.get("points").size()).isEqualTo(backtest.view().points().size());
        assertThat(json.get("weights").get("HOFFMANN").asDouble()
                        + json.get("weights").get("TIED").asDouble())
                .isCloseTo(1, within(1e-9));
        assertThat(json.has("reason")).isFalse();
    }

    /** What the service answers of a study has the same fields in the same places. */
    @Test
    void theCommandPrintsWhatTheServiceAnswers() throws Exception {
        FileBacktest backtest = FileBacktest.of(file(grid(4)), null);
        JsonNode printed = new ObjectMapper().readTree(FitJson.of(backtest));
        assertThat(printed.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("losses", "level", "weights", "rows", "plain", "points", "findings");
        JsonNode answered =
                new ObjectMapper().readTree(WireFormat.encode(new BacktestView.OfFamily("s", "ESM2", backtest.view())));
        assertThat(answered.get("points")).isEqualTo(printed.get("points"));
        assertThat(answered.get("plain")).isEqualTo(printed.get("plain"));
        assertThat(answered.get("study").asText()).isEqualTo("s");
    }

    @Test
    void tooFewLossesSayHowManyAreNeeded() throws Exception {
        FileBacktest backtest = FileBacktest.of(file(grid(2)), null);
        assertThat(backtest.hasPast()).isFalse();
        assertThat(backtest.reason()).startsWith("there are 8 final losses; a backtest needs more than 10");
        JsonNode json = new ObjectMapper().readTree(FitJson.of(backtest));
        assertThat(json.get("outcome").asText()).isEqualTo("NOT_IDENTIFIABLE");
        assertThat(json.get("reason").asText()).isEqualTo(backtest.reason());
    }

    @Test
    void aTableOfOptimaHasNoLossesToForecast() throws Exception {
        LossFile optima = file("C,N_opt\n1e15,1e6\n1e16,3e6\n1e17,9e6\n");
        assertThatThrownBy(() -> FileBacktest.of(optima, null))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("is a table of optima without losses");
    }

    private LossFile file(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("losses.csv"), text);
        return new LossFile(file, ColumnMapping.usual());
    }

    private static String grid(int sizes) {
        StringBuilder text = new StringBuilder("run,N,D,C,loss\n");
        for (int i = 0; i < sizes * 4; i++) {
            double parameters = 1e6 * Math.pow(2, Math.floorDiv(i, 4));
            double tokens = parameters * 5 * Math.pow(2, i % 4);
            double loss = 1.8 + 400 / Math.pow(parameters, 0.34) + 900 / Math.pow(tokens, 0.36);
            text.append("r%d,%s,%s,%s,%s\n".formatted(i, parameters, tokens, 6 * parameters * tokens, loss));
        }
        return text.toString();
    }
}
