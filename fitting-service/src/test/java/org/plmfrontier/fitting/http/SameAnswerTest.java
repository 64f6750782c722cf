package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.PlantedTable;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.fitting.analysis.Analyses;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.analysis.TableStudy;
import org.plmfrontier.fitting.publication.FitAnswer;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.RunSizes;
import org.plmfrontier.fitting.table.TableReader;
import org.plmfrontier.fitting.textfile.EncodedText;

/** A file has one answer, whether the service imports it or {@code ./frontier fit} reads it. */
@QuarkusTest
class SameAnswerTest extends ServiceTest {
    /** As {@link org.plmfrontier.fitting.FittingStack} sets it. */
    private static final Bootstrap BOOTSTRAP = new Bootstrap(20, 0.95, 1);

    @Test
    void curvesOfAFileHaveTheSameJsonFromBoth() throws IOException {
        assertSameAnswers(
                "same-curves", byRunsReversed(PlantedTable.ofManyRuns(45, 12, 21)), "a1", "a3", "lc", "plateau");
    }

    @Test
    void finalLossesOfAFileHaveTheSameJsonFromBoth() throws IOException {
        assertSameAnswers("same-finals", grid(8), "a2", "a3", "kaplan", "ln");
    }

    private void assertSameAnswers(String study, String file, String... fitted) throws IOException {
        given().contentType("text/csv")
                .body(file)
                .post("/imports?study=" + study)
                .then()
                .statusCode(201);
        await().atMost(TIMEOUT)
                .until(() -> refitter.fit(studies.find(study).orElseThrow()).isPresent());
        Set<Method> methods = Methods.live();
        methods.remove(Method.REPEATED);
        String live = given().get("/studies/" + study + "/fits?methods="
                        + methods.stream().map(Method::label).collect(Collectors.joining(",")))
                .asString();
        Map<Method, FitOutcome<MethodFit>> read = Analyses.fit(TableStudy.of(table(file)), methods, BOOTSTRAP);
        read.forEach((method, outcome) -> {
            String printed = new String(WireFormat.encode(FitAnswer.of(outcome)), StandardCharsets.UTF_8);
            assertThat(live).as(method.label()).contains(printed.substring(1, printed.length() - 1));
        });
        assertThat(read.keySet().stream()
                        .filter(method -> read.get(method).result().isPresent())
                        .map(Method::label))
                .contains(fitted);
    }

    private static LossTable table(String file) throws IOException {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return (LossTable) TableReader.readAny(
                EncodedText.of(() -> new ByteArrayInputStream(bytes)), ColumnMapping.usual(), RunSizes.none());
    }

    /** The last run of the file first, the rows of each run in their order. */
    private static String byRunsReversed(String file) {
        List<String> lines = file.lines().toList();
        List<List<String>> runs = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String run = line.substring(0, line.indexOf(','));
            if (runs.isEmpty() || !runs.getLast().getFirst().startsWith(run + ",")) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(line);
        }
        Collections.reverse(runs);
        return lines.getFirst() + "\n"
                + runs.stream().flatMap(List::stream).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Seven sizes at seven equal budgets of compute, and at one token count each. */
    private static String grid(long seed) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("run,N,D,C,loss\n");
        for (int i = 0; i < 7; i++) {
            double n = 1e7 * Math.pow(2.5, i);
            for (int k = 0; k < 7; k++) {
                double flops = 1e18 * Math.pow(4, k);
                row(csv, random, n, flops / (6 * n));
            }
            row(csv, random, n, 2e10);
        }
        return csv.toString();
    }

    private static void row(StringBuilder csv, Random random, double n, double d) {
        double loss = 1.7 + 400 / Math.pow(n, 0.34) + 410 / Math.pow(d, 0.28) + 0.002 * random.nextGaussian();
        csv.append(String.format(Locale.ROOT, "n%.0f-d%.0f,%.0f,%.0f,%.0f,%.6f%n", n, d, n, d, 6 * n * d, loss));
    }
}
