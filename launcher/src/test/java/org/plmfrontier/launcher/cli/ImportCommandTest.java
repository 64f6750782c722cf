package org.plmfrontier.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a service that answers as the fitting service does. */
class ImportCommandTest {
    private static final String CSV = "run,N,D,C,loss\nr,1e6,1e8,6e14,3.1\n";

    @TempDir
    Path folder;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 201;
    private String answer = "{\"id\":\"my-losses\",\"runs\":1}";
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/imports", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.add(exchange.getRequestURI() + " " + new String(body, StandardCharsets.UTF_8));
            reply(exchange, status, answer);
        });
        server.createContext(
                "/studies",
                exchange -> reply(
                        exchange,
                        200,
                        "{\"total\":2,\"findings\":[{\"kind\":\"BAD_VALUE\",\"sentence\":\"line 3, column loss: 'NaN'\"}]}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsTheFileUnderTheNameOfTheFileAndTellsWhatWasFound() throws Exception {
        String csv = CSV.replace(",N,", ",size,");
        Path file = Files.writeString(folder.resolve("My Losses.csv"), csv);
        assertThat(run(file, "--columns", "N=size")).isZero();
        assertThat(asked).containsExactly("/imports?study=my-losses&columns=N%3Dsize " + csv);
        assertThat(out)
                .contains("study my-losses imported: 1 runs")
                .contains("bad value: line 3, column loss: 'NaN'")
                .contains("and 1 more");
    }

    @Test
    void aFileWithATableOfRunsIsSentAsOneTable() throws Exception {
        Path wide = Files.writeString(
                folder.resolve("chart.csv"), "Step,\"a, b - loss\",c - loss\n10,3.5,3.25\n20,3.25,none at all\n");
        Path runs =
                Files.writeString(folder.resolve("runs.csv"), "run,N,tokens_per_step\n\"a, b\",1e6,1e5\nc,4e6,1e5\n");
        assertThat(run(wide, "--runs", runs.toString())).isZero();
        assertThat(asked)
                .containsExactly("/imports?study=chart run,group,N,D,loss,step,lr,unique_tokens,epochs\n"
                        + "\"a, b\",\"\",1000000.0,1000000.0,3.5,10.0,,,\n"
                        + "\"c\",\"\",4000000.0,1000000.0,3.25,10.0,,,\n"
                        + "\"a, b\",\"\",1000000.0,2000000.0,3.25,20.0,,,\n");
        assertThat(out).contains("line 3, column loss: 'none at all'");
        assertThat(run(wide, "--runs", folder.resolve("absent.csv").toString())).isEqualTo(2);
        assertThat(err).contains("there is no file");
    }

    @Test
    void whatWasUnderstoodIsPrintedFirstAndADryRunSendsNothing() throws Exception {
        Path file = Files.writeString(
                folder.resolve("losses.csv"),
                "\uFEFF# a comment\nmodel;params;tokens;val_loss\n\na;650M;1.2B;3,5\na;650M;2.4B;3,25\nb;20k;100k;x\n");
        assertThat(run(file, "--dry-run")).isZero();
        assertThat(asked).isEmpty();
        String overview = out;
        assertThat(overview)
                .contains("format: table, separated by semicolons\n")
                .contains("x axis: tokens of column 'tokens'\n")
                .contains("loss:   'val_loss' in nats\n")
                .contains("runs:   1, points: 2\n")
                .containsPattern("  a +6\\.500e\\+08 +2\\.400e\\+09 +2 +3\\.5000 +3\\.2500\n")
                .contains("bad value: line 6, column loss: 'x' is not a positive number");
        assertThat(run(file)).isZero();
        assertThat(asked).hasSize(1);
        assertThat(out).startsWith(overview).contains("study losses imported");
    }

    @Test
    void aLogOfATrackerIsSentAsATableWithTheSizesOfTheOptions() throws Exception {
        Path file = Files.writeString(
                folder.resolve("run-8M-a-tag-loss.csv"), "Wall time,Step,Value\n1700000000.5,10,3.5\n");
        String[] sizes = {"--run-pattern", "^(?<parameters>[0-9]+M)", "--tokens-per-step", "100k"};
        assertThat(run(file, sizes)).isZero();
        assertThat(asked)
                .containsExactly("/imports?study=run-8m-a-tag-loss run,group,N,D,loss,step,lr,unique_tokens,epochs\n"
                        + "\"8M-a\",\"\",8000000.0,1000000.0,3.5,10.0,,,\n");
        assertThat(run(file, "--parameters", "8M")).isEqualTo(2);
        assertThat(err).contains("tokens per step are not known of 1 of 1 run: 8M-a; give them with --tokens-per-step");
        assertThat(run(file, "--parameters", "many")).isEqualTo(2);
        assertThat(err).contains("--parameters: 'many' is not a positive number");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aKnownFileIsNoError() throws Exception {
        status = 200;
        assertThat(run(Files.writeString(folder.resolve("a.csv"), CSV), "--study", "other"))
                .isZero();
        assertThat(out).contains("study other known already");
    }

    @Test
    void badInputIsTwoAndATakenNameIsOne() throws Exception {
        Path file = Files.writeString(folder.resolve("a.csv"), CSV);
        status = 400;
        answer =
                "{\"title\":\"Bad Request\",\"detail\":\"line 2, column loss: '-3' is not a positive number\",\"field\":\"loss\"}";
        assertThat(run(file)).isEqualTo(2);
        assertThat(err).contains("line 2, column loss");
        status = 409;
        answer = "{\"title\":\"Conflict\",\"detail\":\"study 'a' was imported from another file\"}";
        assertThat(run(file)).isEqualTo(1);
        assertThat(err).contains("another file");
        assertThat(run(folder.resolve("absent.csv"))).isEqualTo(2);
        assertThat(err).contains("there is no file");
    }

    private int run(Path file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("import", file.toString()));
        all.addAll(
                List.of("--fitting", "http://127.0.0.1:" + server.getAddress().getPort()));
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

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
