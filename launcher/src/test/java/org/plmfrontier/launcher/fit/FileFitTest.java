package org.plmfrontier.launcher.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.publication.FitAnswer;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.table.ColumnMapping;

class FileFitTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 7);

    @TempDir
    Path folder;

    @Test
    void aPlantedSurfaceIsFoundAgainAndPrintedWithItsIntervals() throws Exception {
        FileFit fit = fit(plantedSurface(), Method.A3);
        assertThat(fit.isComplete()).isTrue();
        JsonNode a3 = new ObjectMapper().readTree(FitJson.of(fit)).get("a3");
        assertThat(a3.get("coefficients").get("alpha").asDouble()).isCloseTo(0.34, within(0.03));
        assertThat(a3.get("coefficients").get("beta").asDouble()).isCloseTo(0.28, within(0.03));
        JsonNode a = a3.get("a");
        assertThat(a.get("value").asDouble()).isCloseTo(0.28 / 0.62, within(0.03));
        assertThat(a.get("low").asDouble()).isLessThan(a.get("value").asDouble());
        assertThat(a.get("high").asDouble()).isGreaterThan(a.get("value").asDouble());
        assertThat(a.get("level").asDouble()).isEqualTo(0.95);
        assertThat(a3.has("convention") && a3.has("convergence") && a3.has("flags") && a3.has("excluded"))
                .isTrue();
    }

    @Test
    void oneRunAnswersNothingButSaysWhy() throws Exception {
        Path file = write("run,N,D,C,loss\nr,1e6,1e8,6e14,3.1\n");
        FileFit fit = fit(file, Method.A3);
        assertThat(fit.isComplete()).isFalse();
        JsonNode a3 = new ObjectMapper().readTree(FitJson.of(fit)).get("a3");
        assertThat(a3.get("outcome").asText()).isEqualTo("NOT_IDENTIFIABLE");
        assertThat(a3.get("reason").asText()).isNotBlank();
    }

    @Test
    void theServicesWriterPrintsEveryAnswer() throws Exception {
        FileFit fit = FileFit.of(
                new LossFile(plantedSurface(), ColumnMapping.usual()), null, EnumSet.noneOf(Method.class), BOOTSTRAP);
        JsonNode printed = new ObjectMapper().readTree(FitJson.of(fit));
        assertThat(fit.answers()).hasSize(5);
        fit.answers()
                .forEach((method, answer) -> assertThat(
                                printed.get(method.label()).toString())
                        .as(method.label())
                        .isEqualTo(new String(WireFormat.encode(FitAnswer.of(answer)), StandardCharsets.UTF_8)));
    }

    @Test
    void badFilesAreRefusedInOneSentence() throws Exception {
        refused(write(""), "is empty");
        refused(write("run,N,loss\nr,1,2\n"), "no column D");
        refused(write("run,N,D,C,loss\nr,1e6,1e8,6e14,-3\n"), "line 2, column loss: '-3'");
        refused(folder.resolve("absent.csv"), "there is no file");
        refused(write("run,N,D,loss,group\nr,1e6,1e8,3,x\ns,1e6,1e8,3,y\n"), "groups x, y");
    }

    private static FileFit fit(Path file, Method method) throws BadInputException {
        return FileFit.of(new LossFile(file, ColumnMapping.usual()), null, EnumSet.of(method), BOOTSTRAP);
    }

    private static void refused(Path file, String why) {
        assertThatThrownBy(() -> fit(file, Method.A3))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining(why);
    }

    private Path write(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "table", ".csv"), text);
    }

    /** Hoffmann's surface E + A/N^alpha + B/D^beta with multiplicative noise of 0.2 %, seed 5. */
    private Path plantedSurface() throws Exception {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("run,N,D,C,loss\n");
        for (double n = 1e6; n < 2e9; n *= 3) {
            for (double d = 1e8; d < 1e11; d *= 4) {
                double loss = 1.7 + 400 / Math.pow(n, 0.34) + 410 / Math.pow(d, 0.28);
                text.append(String.format(
                        Locale.ROOT,
                        "n%.0f-d%.0f,%s,%s,%s,%s%n",
                        n,
                        d,
                        n,
                        d,
                        6 * n * d,
                        loss * Math.exp(0.002 * random.nextGaussian())));
            }
        }
        return write(text.toString());
    }
}
