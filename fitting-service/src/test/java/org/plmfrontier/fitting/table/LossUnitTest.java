package org.plmfrontier.fitting.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plmfrontier.fitting.table.Finding.Kind;

/** Losses that are no nats: converted where the header says so, refused as a whole where their size does. */
class LossUnitTest {
    private static final double LN2 = Math.log(2);

    /** Curves of four sizes; nats from 6.3 to 2.2. */
    private static List<String> curves(String header, DoubleUnaryOperator change) {
        List<String> lines = new ArrayList<>(List.of("run,N,D," + header));
        for (int run = 0; run < 4; run++) {
            double n = 2e6 * Math.pow(5, run);
            for (int i = 1; i <= 10; i++) {
                double nats = 1.8 + 900 / Math.pow(n, 0.4) + 1200 / Math.pow(2e8 * i, 0.38);
                lines.add("r" + run + "," + n + "," + 2e8 * i + "," + change.applyAsDouble(nats));
            }
        }
        return lines;
    }

    private static LossTable read(List<String> lines) {
        return TableReader.read(lines.stream(), ColumnMapping.usual());
    }

    @ParameterizedTest
    @CsvSource({
        "ppl, 1", "val_ppl, 1", "eval/perplexity, 1", "Validation Perplexity, 1", "loss (perplexity), 1",
                "bits_per_residue, 2",
        "val loss [bits], 2", "loss_bits, 2", "bpc, 2", "cross entropy (base 2), 2", "lossNats, 3",
                "loss [nats/token], 3"
    })
    void aHeaderSaysTheUnit(String header, int unit) {
        List<String> plain = curves("loss", nats -> nats);
        List<String> written = curves(header, nats -> unit == 1 ? Math.exp(nats) : unit == 2 ? nats / LN2 : nats);
        LossTable table = read(written);
        List<TableRow> expected = read(plain).rows();
        assertThat(table.rows()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(table.rows().get(i).lossNats()).isCloseTo(expected.get(i).lossNats(), within(1e-12));
        }
        if (unit < 3) {
            assertThat(table.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.kind()).isEqualTo(Kind.LOSS_CONVERTED);
                assertThat(finding.sentence()).contains(header).contains(unit == 1 ? "perplexity" : "bits");
            });
        }
    }

    @Test
    void perplexitiesUnderAnotherNameAreRefusedAsAWhole() {
        List<String> file = curves("loss", Math::exp);
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(BadTableException.class, bad -> {
                    assertThat(bad.line()).isGreaterThan(1);
                    assertThat(bad.column()).isEqualTo("loss");
                })
                .hasMessageContaining("perplexity")
                .hasMessageContaining("--columns perplexity=loss");
        LossTable said = TableReader.read(file.stream(), ColumnMapping.parse("perplexity=loss"));
        assertThat(said.rows().getFirst().lossNats())
                .isCloseTo(read(curves("loss", nats -> nats)).rows().getFirst().lossNats(), within(1e-12));
    }

    @Test
    void perplexitiesOfProteinsWithoutACurveAreRefused() {
        assertThatThrownBy(() -> read(List.of(
                        "model,N,D,loss",
                        "a,8e6,1e11,17.2",
                        "b,35e6,1e11,15.9",
                        "c,150e6,1e11,12.8",
                        "d,650e6,1e11,10.4")))
                .hasMessageContaining("perplexity");
    }

    @Test
    void oneRunInPerplexityIsNotFittedBesideNats() {
        List<String> mixed = new ArrayList<>(curves("loss", nats -> nats));
        curves("loss", Math::exp).stream().filter(line -> line.startsWith("r2")).forEach(line -> mixed.add("x" + line));
        assertThatThrownBy(() -> read(mixed)).hasMessageContaining("perplexity");
    }

    @Test
    void aSpikeAndADivergedRunRefuseNothing() {
        List<String> spike = new ArrayList<>(curves("loss", nats -> nats));
        spike.set(4, spike.get(4).replaceFirst("[^,]*$", "58.1"));
        spike.set(7, spike.get(7).replaceFirst("[^,]*$", "2300"));
        assertThat(read(spike).rows()).hasSize(39);
        List<String> diverged = new ArrayList<>(curves("loss", nats -> nats));
        for (int i = 4; i <= 10; i++) {
            diverged.set(i, diverged.get(i).replaceFirst("[^,]*$", String.valueOf(10 * i)));
        }
        assertThat(read(diverged).rows()).hasSize(40);
        List<String> first = new ArrayList<>(curves("loss", nats -> nats));
        List.of(1, 11, 21, 31).forEach(i -> first.set(i, first.get(i).replaceFirst("[^,]*$", "21.5")));
        assertThat(read(first).rows()).hasSize(40);
    }

    @Test
    void highLossesThatMayBeNatsAreADoubt() {
        LossTable table = read(curves("loss", nats -> nats + 4.5));
        assertThat(table.rows()).hasSize(40);
        assertThat(table.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOSS_HIGH);
            assertThat(finding.sentence()).contains("--columns perplexity=loss");
        });
    }

    @Test
    void aPerplexityOfOneOrLessIsNone() {
        LossTable table =
                TableReader.read(Stream.of("run,N,D,ppl", "a,1e7,1e9,0.9", "b,2e7,1e9,12.5"), ColumnMapping.usual());
        assertThat(table.rows()).hasSize(1);
        assertThat(table.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.BAD_VALUE);
            assertThat(finding.sentence()).contains("line 2, column loss").contains("no perplexity");
        });
    }
}
