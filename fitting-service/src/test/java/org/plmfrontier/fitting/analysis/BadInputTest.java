package org.plmfrontier.fitting.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.plmfrontier.fitting.quantity.Bootstrap;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.TableReader;

/** Tables whose cells are all good numbers and which still tell nothing: no method makes an exponent of them. */
class BadInputTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(40, 0.95, 2);

    private enum Hopeless {
        ONE_RUN,
        TWO_RUNS_OF_ONE_SIZE,
        ALL_LOSSES_EQUAL,
        PURE_NOISE;

        List<String> lines() {
            SplittableRandom random = new SplittableRandom(7);
            List<String> lines = new ArrayList<>(List.of("run,N,D,loss"));
            int runs = this == ONE_RUN ? 1 : this == TWO_RUNS_OF_ONE_SIZE ? 2 : 5;
            for (int run = 0; run < runs; run++) {
                double n = this == TWO_RUNS_OF_ONE_SIZE ? 1e6 : 1e6 * Math.pow(3, run);
                for (int i = 1; i <= 6; i++) {
                    double loss = this == ALL_LOSSES_EQUAL
                            ? 2.5
                            : this == PURE_NOISE ? 3 + 0.2 * random.nextGaussian() : 2 + 1.0 / i;
                    lines.add("run-" + run + "," + n + "," + 1e8 * i + "," + loss);
                }
            }
            return lines;
        }
    }

    @ParameterizedTest
    @EnumSource
    void surfacesAndParabolasRefuseWithOneSentence(Hopeless table) {
        StudyData study = TableStudy.of(TableReader.read(table.lines().stream(), ColumnMapping.usual()));
        for (Method method : List.of(Method.A2, Method.A3, Method.KAPLAN)) {
            FitOutcome<MethodFit> answer = Analyses.fit(study, method, BOOTSTRAP);
            assertThat(answer.result()).as("%s of %s", method, table).isEmpty();
            assertThat(reason(answer))
                    .as("%s of %s", method, table)
                    .isNotBlank()
                    .doesNotContain("\n", "NaN");
        }
    }

    private static String reason(FitOutcome<MethodFit> answer) {
        return switch (answer) {
            case FitOutcome.NotIdentifiable<MethodFit> refusal -> refusal.reason();
            case FitOutcome.NotConverged<MethodFit> failure -> failure.reason();
            case FitOutcome.Fitted<MethodFit> fitted -> "fitted " + fitted.value();
        };
    }
}
