package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.fitting.table.Finding;

/** The command as people and scripts call it: arguments in; text, JSON and exit status out. */
class FitCommandTest {
    private static final String HEADER = "run,N,D,C,loss\n";

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void aSurfaceIsFittedByEachAskedMethodAsTheSchemaSays() throws Exception {
        Path file = surface(0.002);
        assertThat(fit(file, "--method", "a3,kaplan")).isZero();
        JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.at("/a3/coefficients/alpha").asDouble()).isBetween(0.25, 0.45);
        assertThat(answer.at("/kaplan/a/level").asDouble()).isEqualTo(0.95);
        assertThat(err).isEmpty();
        assertThat(Schema.ofFit().violations(answer)).isEmpty();
    }

    @Test
    void curvesAreFittedByEveryMethodAsTheSchemaSays() throws Exception {
        int status = fit(curves(6, 300));
        JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.fieldNames()).toIterable().contains("a1", "a2", "a3", "kaplan", "plateau", "findings");
        assertThat(answer.at("/a1/a/value").isNumber()).isTrue();
        assertThat(answer.at("/plateau/verdicts").size()).isEqualTo(6);
        assertThat(status).isEqualTo(answered(answer) ? 0 : 3);
        assertThat(Schema.ofFit().violations(answer)).isEmpty();
    }

    @Test
    void lawsOfTheLossAloneAreGivenWhenAskedAsTheSchemaSays() throws Exception {
        assertThat(fit(curves(6, 300), "--method", "ln,lc,repeated")).isEqualTo(3);
        JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.fieldNames()).toIterable().containsOnly("ln", "lc", "repeated", "findings");
        assertThat(answer.at("/lc/estimates/exponent/low").isNumber()).isTrue();
        assertThat(answer.at("/repeated/reason").asText()).contains("no run repeats");
        assertThat(Schema.ofFit().violations(answer)).isEmpty();
    }

    @Test
    void theSchemaCatchesAnAnswerThatIsNone() throws Exception {
        JsonNode broken = new ObjectMapper()
                .readTree("{\"findings\": [{\"kind\": \"NEW\"}], \"a3\": {\"coefficients\": {\"alpha\": null}}}");
        assertThat(Schema.ofFit().violations(broken))
                .anyMatch(found -> found.contains("/findings/0/kind"))
                .anyMatch(found -> found.contains("/a3"));
    }

    @Test
    void theSchemaNamesEveryKindOfFinding() throws Exception {
        assertThat(Schema.ofFit().root().at("/$defs/finding/properties/kind/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(
                        Arrays.stream(Finding.Kind.values()).map(Enum::name).toList());
    }

    @Test
    void otherHeadersAreTakenWithAMapping() throws Exception {
        Path file = write(Files.readString(surface(0.002)).replace("run,N,D,C,loss", "id,size,seen,spent,eval/loss"));
        assertThat(fit(file, "--method", "a3")).isEqualTo(2);
        assertThat(err).contains("no column N").contains("eval/loss");
        assertThat(fit(file, "--method", "a3", "--columns", "run=id,N=size,D=seen,C=spent,loss=eval/loss"))
                .isZero();
        assertThat(fit(file, "--columns", "N=absent")).isEqualTo(2);
        assertThat(err).contains("no column absent");
        assertThat(fit(file, "--columns", "N")).isEqualTo(2);
        assertThat(err).contains("'N' is not of the form N=header");
    }

    @Test
    void anEmptyFileAndAFileWithoutRowsAreBadInput() throws Exception {
        refused(write(""), "is empty");
        refused(write(HEADER), "a header and no rows");
        refused(folder.resolve("absent.csv"), "there is no file");
        refused(
                Files.write(folder.resolve("binary.csv"), new byte[] {(byte) 0x80, 'a', 0, 1}),
                "line 1: the file is no text");
        refused(Files.write(folder.resolve("sheet.csv"), new byte[] {'P', 'K', 3, 4, 0}), "a zip archive");
        refused(folder, "the folder has no trainer states of Hugging Face, no event files of TensorBoard");
    }

    @Test
    void aMissingColumnIsNamed() throws Exception {
        refused(write("run,N,loss\nr,1e6,3\n"), "no column D; its columns are run, N, loss");
    }

    @Test
    void aFileOfUnusableRowsIsBadInputWithRowAndColumn() throws Exception {
        for (String bad : List.of("NaN", "-3", "0", "inf", "", "abc")) {
            refusedAt(HEADER + "r,1e6,1e8,6e14," + bad + "\n", "loss");
            refusedAt(HEADER + "r," + bad + ",1e8,6e14,3\n", "N");
            refusedAt(HEADER + "r,1e6," + bad + ",6e14,3\n", "D");
        }
        refusedAt(HEADER + "r,1e6,1e8,6e14,3000\n", "loss");
        refusedAt(HEADER + "r,5,1e8,6e14,3\n", "N");
    }

    @Test
    void badRowsAmongGoodOnesAreSetApartAndListedAndTheRestIsFitted() throws Exception {
        Path file = write(Files.readString(surface(0.002)) + "bad,1e6,1e8,6e14,NaN\nshort,1e6\n");
        assertThat(fit(file, "--method", "a3")).isZero();
        JsonNode findings = new ObjectMapper().readTree(out).get("findings");
        assertThat(findings.findValuesAsText("kind")).containsExactly("BAD_VALUE", "BAD_ROW");
        assertThat(findings.get(0).get("run").asText()).isEqualTo("bad");
        assertThat(findings.get(0).get("line").asInt()).isEqualTo(37);
    }

    @Test
    void tooLittleToFitSaysWhyInEachMethod() throws Exception {
        notIdentifiable(write(HEADER + "r,1e6,1e8,6e14,3.1\n"));
        notIdentifiable(write(HEADER + "r,1e6,1e8,6e14,3.1\ns,1e6,2e8,12e14,3.0\n"));
    }

    @Test
    void equalLossesAndPureNoiseAreNotIdentifiable() throws Exception {
        Random random = new Random(11);
        StringBuilder equal = new StringBuilder(HEADER);
        StringBuilder noise = new StringBuilder(HEADER);
        for (double n = 1e6; n < 1e9; n *= 3) {
            for (double d = 1e8; d < 1e11; d *= 4) {
                String row = String.format(Locale.ROOT, "n%s-d%s,%s,%s,%s,", n, d, n, d, 6 * n * d);
                equal.append(row).append("3\n");
                noise.append(row).append(3 + 0.05 * random.nextGaussian()).append('\n');
            }
        }
        notIdentifiable(write(equal.toString()));
        notIdentifiable(write(noise.toString()));
    }

    @Test
    void oneColumnPerRunIsFittedWithATableOfRuns() throws Exception {
        StringBuilder wide = new StringBuilder("\"Step\"");
        StringBuilder runs = new StringBuilder("run;N;tokens_per_step\n");
        for (int i = 0; i < 6; i++) {
            wide.append(",\"size ")
                    .append(i)
                    .append(" - val/loss\",\"size ")
                    .append(i)
                    .append(" - val/loss__MAX\"");
            runs.append("size ").append(i).append(';').append(Math.pow(3, i)).append("M;500k\n");
        }
        for (int step = 100; step <= 3000; step += 100) {
            wide.append('\n').append(step);
            for (int i = 0; i < 6; i++) {
                wide.append(',').append(law(1e6 * Math.pow(3, i), 5e5 * step)).append(",99");
            }
        }
        Path file = write(wide.toString());
        refused(file, "one column per run (6 runs: size 0, size 1,");
        assertThat(err).contains("run,N,tokens_per_step");
        assertThat(fit(file, "--runs", write(runs.toString()).toString(), "--method", "a3"))
                .isZero();
        JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.at("/a3/coefficients/alpha").asDouble()).isBetween(0.33, 0.35);
        assertThat(answer.at("/a3/used").asInt()).as("ten losses of each curve").isEqualTo(60);
        assertThat(fit(file, "--runs", write("run,N\n").toString())).isEqualTo(2);
        assertThat(err).contains("no row");
    }

    @Test
    void aTableOfOptimaIsFittedAsTheSchemaSays() throws Exception {
        StringBuilder text = new StringBuilder("C,params_opt\n");
        Random random = new Random(3);
        for (double c = 1e17; c < 1e22; c *= 5) {
            text.append(c)
                    .append(',')
                    .append(0.2 * Math.pow(c, 0.48) * Math.exp(0.05 * random.nextGaussian()))
                    .append('\n');
        }
        Path file = write(text.toString());
        assertThat(fit(file)).isZero();
        JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.fieldNames()).toIterable().containsOnly("optima", "findings");
        assertThat(answer.at("/optima/a/low").asDouble()).isLessThan(0.48);
        assertThat(answer.at("/optima/a/high").asDouble()).isGreaterThan(0.48);
        assertThat(Schema.ofFit().violations(answer)).isEmpty();
        assertThat(fit(file, "--method", "a1,a3")).isEqualTo(3);
        answer = new ObjectMapper().readTree(out);
        assertThat(answer.at("/a3/reason").asText()).contains("--method optima");
        assertThat(answer.at("/optima/a/value").isNumber()).isTrue();
        assertThat(fit(surface(0.002), "--method", "optima")).isEqualTo(3);
        assertThat(out).contains("columns C and N_opt");
    }

    @Test
    void everyFindingAndErrorHasItsPlaceAndTheConventionIsWhatWasUsed() throws Exception {
        Path file =
                write(Files.readString(surface(0.002)).replaceFirst("(?m)^(n[^,]*,[^,]*,[^,]*),[^,]*,", "$1,-4e18,"));
        assertThat(fit(file, "--method", "a3")).isZero();
        JsonNode answer = new ObjectMapper().readTree(out);
        assertThat(answer.at("/a3/convention/compute").asText())
                .as("surfaces know N and D alone")
                .isEqualTo("SIX_ND");
        assertThat(answer.at("/findings/0/kind").asText()).isEqualTo("OVERFLOWED_FLOPS");
        assertThat(answer.at("/findings/0/line").asInt()).isEqualTo(2);
        assertThat(Schema.ofFit().violations(answer)).isEmpty();
        assertThat(fit(file, "--method", "a3", "--columns", "C=6ND")).isZero();
        assertThat(new ObjectMapper().readTree(out).at("/a3/convention/compute").asText())
                .isEqualTo("SIX_ND");
        Path perplexity = write("run,N,D,loss\na,1e6,1e9,44\nb,2e6,1e9,39\nc,3e6,1e9,36\n");
        assertThat(fit(perplexity, "--json")).isEqualTo(2);
        JsonNode error = new ObjectMapper().readTree(err);
        assertThat(error.get("error").asText()).contains("perplexity");
        assertThat(error.get("row").asInt()).isEqualTo(2);
        assertThat(error.get("column").asText()).isEqualTo("loss");
    }

    @Test
    void groupsAreNeverMixed() throws Exception {
        Path file = write("run,N,D,loss,group\nr,1e6,1e8,3,x\ns,1e6,1e8,3,y\n");
        refused(file, "groups x, y");
        assertThat(fit(file, "--group", "z")).isEqualTo(2);
        assertThat(err).contains("'z'");
        assertThat(fit(file, "--group", "x", "--method", "a3")).isEqualTo(3);
    }

    @Test
    void wrongArgumentsAreBadInput() throws Exception {
        assertThat(fit(surface(0.002), "--method", "a9")).isEqualTo(2);
        assertThat(err).contains("a1, a2, a3, kaplan, plateau");
        assertThat(fit(surface(0.002), "--bootstrap", "3")).isEqualTo(2);
        assertThat(err).contains("resamples must be at least 20");
    }

    @Test
    void aMillionRowsAreFitted() throws Exception {
        assertThat(fit(curves(10, 100_000), "--method", "a1,a3", "--bootstrap", "20"))
                .isIn(0, 3);
        assertThat(new ObjectMapper().readTree(out).at("/a1/a/value").isNumber())
                .isTrue();
    }

    private int fit(Path file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("fit", file.toString(), "--seed", "7"));
        all.addAll(List.of(arguments));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        PrintStream before = System.out;
        PrintStream beforeErr = System.err;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            return Frontier.line().execute(all.toArray(String[]::new));
        } finally {
            System.setOut(before);
            System.setErr(beforeErr);
            out = printed.toString(StandardCharsets.UTF_8);
            err = complained.toString(StandardCharsets.UTF_8);
        }
    }

    private void refused(Path file, String why) throws Exception {
        assertThat(fit(file)).isEqualTo(2);
        assertThat(out).isEmpty();
        assertThat(err).startsWith("frontier: ").contains(why);
        assertThat(err.strip().lines()).hasSize(1);
        assertThat(fit(file, "--json")).isEqualTo(2);
        assertThat(new ObjectMapper().readTree(err).get("error").asText()).contains(why);
    }

    private void refusedAt(String text, String column) throws Exception {
        Path file = write(text);
        refused(file, "line 2, column " + column);
        JsonNode error = new ObjectMapper().readTree(err);
        assertThat(error.get("row").asInt()).isEqualTo(2);
        assertThat(error.get("column").asText()).isEqualTo(column);
    }

    private void notIdentifiable(Path file) throws Exception {
        assertThat(fit(file, "--method", "a1,a2,a3,kaplan")).isEqualTo(3);
        JsonNode answer = new ObjectMapper().readTree(out);
        for (String method : List.of("a1", "a2", "a3", "kaplan")) {
            assertThat(answer.at("/" + method + "/reason").asText())
                    .as(method + " of " + answer)
                    .isNotBlank();
        }
        assertThat(Schema.ofFit().violations(answer)).isEmpty();
    }

    private static boolean answered(JsonNode answer) {
        return answer.findValues("outcome").isEmpty();
    }

    private Path write(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "table", ".csv"), text);
    }

    /** Hoffmann's surface E + A/N^alpha + B/D^beta with multiplicative noise, 35 rows, seed 5. */
    private Path surface(double noise) throws Exception {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(HEADER);
        for (double n = 1e6; n < 1e9; n *= 3) {
            for (double d = 1e8; d < 1e11; d *= 4) {
                text.append(String.format(
                        Locale.ROOT,
                        "n%s-d%s,%s,%s,%s,%s%n",
                        n,
                        d,
                        n,
                        d,
                        6 * n * d,
                        law(n, d) * Math.exp(noise * random.nextGaussian())));
            }
        }
        return write(text.toString());
    }

    /** Curves of so many sizes and steps on the same surface, seed 6. */
    private Path curves(int sizes, int steps) throws Exception {
        Random random = new Random(6);
        Path file = Files.createTempFile(folder, "curves", ".csv");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("run,N,D,C,loss,step\n");
            for (int i = 0; i < sizes; i++) {
                double n = 1e6 * Math.pow(3, i);
                for (int step = 1; step <= steps; step++) {
                    double d = 1e10 * step / steps;
                    double loss = law(n, d) + 0.01 * random.nextGaussian();
                    writer.write("run" + i + "," + n + "," + d + "," + 6 * n * d + "," + loss + "," + step + "\n");
                }
            }
        }
        return file;
    }

    private static double law(double n, double d) {
        return 1.7 + 400 / Math.pow(n, 0.34) + 410 / Math.pow(d, 0.28);
    }
}
