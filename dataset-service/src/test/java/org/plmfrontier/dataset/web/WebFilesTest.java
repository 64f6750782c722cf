package org.plmfrontier.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.plmfrontier.dataset.web.ScriptedServer.head;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.Sources;
import org.plmfrontier.dataset.source.VanishedException;
import org.plmfrontier.dataset.web.ScriptedServer.Request;

/** Servers that answer in other ways than one hopes. */
class WebFilesTest {
    private static final String TAG = "ETag: \"s\"";
    private static final String TIME = "Last-Modified: Tue, 03 Mar 2026 08:00:00 GMT";

    private final byte[] content = new byte[40_000];
    private final Sources sources = new Sources(List.of(new WebFiles(Duration.ofSeconds(10))), attempt -> {});
    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        new SplittableRandom(9).nextBytes(content);
        server = new ScriptedServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"})
    void redirectsAreFollowed(String status) throws IOException {
        String file = server.on("/v2/set%201/a%7Cb", this::whole);
        String asked = server.on("/v1/old", (request, out) -> head(out, status, "Location: ../v2/set 1/a|b"));
        assertThat(read(asked)).isEqualTo(content);
        String absolute = server.on("/abs", (request, out) -> head(out, status, "Location: " + file));
        assertThat(read(absolute)).isEqualTo(content);
    }

    @Test
    void aRedirectFromHttpToHttpsIsFollowed() {
        String asked = server.on("/x", (request, out) -> head(out, "301 Moved", "Location: https://127.0.0.1:1/y?k=v"));
        assertThatThrownBy(() -> sources.find(List.of(asked)))
                .isInstanceOf(IOException.class)
                .hasMessage(asked + " (redirected to https://127.0.0.1:1/y?***) cannot be reached: Connection refused");
    }

    @Test
    void redirectsThatLeadNowhereAreRefused() {
        refused(
                server.on("/round", (request, out) -> head(out, "302 Found", "Location: /round")),
                "more than 10 times");
        refused(server.on("/none", (request, out) -> head(out, "302 Found")), "is redirected without an address");
        refused(
                server.on("/file", (request, out) -> head(out, "302 Found", "Location: file:///etc/passwd")),
                "is redirected to file:///etc/passwd, which is no http address");
        refused(
                server.on("/near", (request, out) -> head(out, "307 T", "Location: http://169.254.169.254/latest")),
                "is redirected to http://169.254.169.254/latest, a loopback or link-local address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"403 Forbidden", "405 Not Allowed", "404 Not Found", "501 Not Implemented", "500 Error", ""})
    void aServerThatRefusesHeadIsAskedForTheFirstByte(String status) throws IOException {
        String asked = server.on("/x", (request, out) -> {
            if (!request.isHead()) {
                whole(request, out);
            } else if (!status.isEmpty()) {
                head(out, status, "Content-Length: 0");
            }
        });
        assertThat(sources.find(List.of(asked)).getFirst().bytes()).isEqualTo(content.length);
        assertThat(read(asked)).isEqualTo(content);
    }

    @Test
    void aServerElsewhereMayNotRedirectToLoopbackUnlessThatIsAllowed() throws IOException {
        Optional<InetAddress> elsewhere = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address
                        && !address.isLoopbackAddress()
                        && !address.isLinkLocalAddress())
                .findFirst();
        assumeTrue(elsewhere.isPresent(), "this machine has no address but loopback");
        String local = server.on("/local", this::whole);
        try (ScriptedServer outer = new ScriptedServer(elsewhere.orElseThrow())) {
            String asked = outer.on("/x", (request, out) -> head(out, "302 Found", "Location: " + local));
            String any = outer.on("/y", (request, out) -> head(out, "302 Found", "Location: http://0.0.0.0:1/z"));
            refused(asked, "is redirected to " + local + ", a loopback or link-local address");
            refused(any, "a loopback or link-local address; dataset.sources.near-redirects allows it");
            assertThat(server.requests()).isEmpty();
            Sources allowed = new Sources(List.of(new WebFiles(Duration.ofSeconds(10), true)), attempt -> {});
            assertThat(allowed.find(List.of(asked)).getFirst().bytes()).isEqualTo(content.length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000, 90_000})
    void theLengthThatHeadSaysIsNotBelievedAgainstTheContent(int length) throws IOException {
        String asked = server.on("/x", (request, out) -> {
            if (request.isHead()) {
                head(out, "200 OK", TAG, "Content-Length: " + length);
            } else {
                whole(request, out);
            }
        });
        assertThat(read(asked)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodesWithTagsOfTheirOwnAreOneFileWhereTimeAndLengthAgree(boolean breaks) throws IOException {
        String asked = server.on("/x", (request, out) -> {
            String tag = "ETag: \"" + server.requests().size() + "\"";
            int sent = breaks ? 9_000 : content.length;
            part(request, out, request.offset(), content.length, sent, tag, TIME);
        });
        assertThat(read(asked)).isEqualTo(content);
    }

    @Test
    void anotherTagWithoutATimeIsAnotherFile() {
        String asked = server.on("/x", (request, out) -> {
            String tag = "ETag: \"" + server.requests().size() + "\"";
            part(request, out, request.offset(), content.length, 9_000, tag);
        });
        assertThatThrownBy(() -> read(asked))
                .isInstanceOf(VanishedException.class)
                .hasMessage(asked + " has changed since the corpus was asked for");
    }

    @Test
    void aPartFromAnEarlierOffsetIsReadFromTheRightByteOn() throws IOException {
        String asked = server.on("/x", (request, out) -> {
            int sent = request.offset() == 0 ? 15_000 : content.length;
            part(request, out, 0, content.length, sent, TAG);
        });
        assertThat(read(asked)).isEqualTo(content);
    }

    @Test
    void shortPartsAreAskedForOneAfterTheOther() throws IOException {
        String asked = server.on("/x", (request, out) -> {
            int end = Math.min(content.length, request.offset() + 16_000);
            part(request, out, request.offset(), end, content.length, TAG);
        });
        assertThat(read(asked)).isEqualTo(content);
    }

    @Test
    void aPartThatIsNotWhatItSaysFailsWithTheAddress() {
        failed(
                (request, out) -> part(request, out, request.offset() + 7, content.length, content.length, TAG),
                "gave 0 of 40000 bytes and in 5 attempts no more",
                "answers with bytes 7-39999/40000 to a request for");
        failed(
                (request, out) -> {
                    int from = request.offset();
                    head(out, "206 Partial", TAG, "Content-Length: " + content.length, range(from, content.length));
                    out.write(content, 0, from == 0 ? 12_000 : content.length);
                },
                "gave 12000 of 40000 bytes and in 5 attempts no more",
                "answers with 40000 bytes as bytes 12000-39999/40000");
        failed(
                (request, out) -> {
                    head(out, "206 Partial", TAG, "Content-Length: " + content.length);
                    out.write(content);
                },
                "answers 206 without a Content-Range");
        failed(
                (request, out) -> {
                    head(out, "200 OK", TAG, "Content-Length: " + content.length);
                    out.write(content, 0, 5_000);
                },
                "gave 5000 of 40000 bytes and in 5 attempts no more");
    }

    @Test
    void aFileThatGrowsWhileItIsReadHasChanged() {
        String asked = server.on("/x", (request, out) -> {
            int from = request.offset();
            int length = content.length - (from == 0 ? 100 : 0);
            head(out, "206 Partial", TAG, "Content-Length: " + (length - from), range(from, length));
            out.write(content, from, request.isHead() ? 0 : 4_000);
        });
        assertThatThrownBy(() -> read(asked)).isInstanceOf(VanishedException.class);
    }

    @Test
    void anEmptyFileIsReadAlsoWhereItsRangesAreRefused() throws IOException {
        String asked = server.on("/x", (request, out) -> {
            String status = request.isHead() ? "200 OK" : "416 Range Not Satisfiable";
            head(out, status, TAG, "Content-Length: 0", "Content-Range: bytes */0");
        });
        assertThat(read(asked)).isEmpty();
    }

    @Test
    void aUserInTheAddressIsSentAndNeverShown() throws IOException {
        String asked = server.on("/z", this::whole).replace("http://", "http://ann:p%40ss@");
        assertThat(read(asked)).isEqualTo(content);
        String basic = "Basic " + Base64.getEncoder().encodeToString("ann:p@ss".getBytes(StandardCharsets.UTF_8));
        Set<String> sent = new HashSet<>();
        server.requests().forEach(request -> sent.add(request.headers().getOrDefault("authorization", "none")));
        assertThat(sent).containsExactly(basic);
        assertThatThrownBy(() -> sources.find(List.of(asked.replace("/z", "/w?token=5"))))
                .hasMessageContaining("http://***@127.0.0.1:")
                .hasMessageEndingWith("/w?*** answers 404");
    }

    @Test
    void aUserIsNotSentToAnotherServer() throws IOException {
        try (ScriptedServer other = new ScriptedServer()) {
            String file = other.on("/file", this::whole);
            String asked = server.on("/x", (request, out) -> head(out, "302 Found", "Location: " + file));
            assertThat(read(asked.replace("http://", "http://ann:secret@"))).isEqualTo(content);
            assertThat(other.requests())
                    .isNotEmpty()
                    .noneMatch(request -> request.headers().containsKey("authorization"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[::1",
                "http://",
                "http:///x",
                "http://h:99999/x",
                "http://u:p/w@h/x",
                "http://a b/x",
                "http://h/\n"
            })
    void whatIsNoAddressIsRefused(String address) {
        refused(address, "is no valid address");
    }

    @Test
    void queriesWithAHashAndSignsThatMustBeEncodedAreAskedFor() throws IOException {
        String asked = server.on("/set/a%20b%7Cc%5B1%5D.fasta", this::whole);
        String hash = "0".repeat(64);
        String readable = asked.replace("%20", " ").replace("%7C", "|").replace("%5B1%5D", "[1]");
        Source source = sources.find(List.of(readable + "?q=a|b c&d=%7C*#sha256=" + hash))
                .getFirst();
        assertThat(source.sha256()).isEqualTo(hash);
        assertThat(server.requests().getFirst().target()).endsWith(".fasta?q=a%7Cb%20c&d=%7C*");
        refused(asked + "#sha512=ab", "only #sha256= may follow an address");
    }

    private void whole(Request request, OutputStream out) throws IOException {
        part(request, out, request.offset(), content.length, content.length, TAG);
    }

    /** The bytes from one place to another, of which only some are sent. */
    private void part(Request request, OutputStream out, int from, int to, int sent, String... fields)
            throws IOException {
        String[] all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "Content-Length: " + (to - from);
        all[fields.length + 1] = "Content-Range: bytes " + from + "-" + (to - 1) + "/" + content.length;
        head(out, request.isHead() ? "200 OK" : "206 Partial Content", all);
        out.write(content, from, request.isHead() ? 0 : Math.min(sent, to - from));
    }

    private static String range(int from, int total) {
        return "Content-Range: bytes " + from + "-" + (total - 1) + "/" + total;
    }

    private byte[] read(String address) throws IOException {
        try (InputStream in = sources.open(sources.find(List.of(address)).getFirst())) {
            return in.readAllBytes();
        }
    }

    private void failed(ScriptedServer.Script get, String... parts) {
        String asked = server.on("/x", (request, out) -> {
            if (request.isHead()) {
                head(out, "200 OK", TAG, "Content-Length: " + content.length);
            } else {
                get.answer(request, out);
            }
        });
        assertThatThrownBy(() -> read(asked))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(asked)
                .hasMessageContainingAll(parts);
    }

    private void refused(String address, String message) {
        assertThatThrownBy(() -> sources.find(List.of(address)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("sources[0]"))
                .hasMessageContaining(message);
    }
}
