package org.plmfrontier.dataset.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plmfrontier.dataset.ObjectServer;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.s3.BucketAccess;
import org.plmfrontier.dataset.s3.BucketFiles;
import org.plmfrontier.dataset.web.WebFiles;

/** Web servers and buckets, both against the same small server. */
class RemoteSourcesTest {
    private ObjectServer server;
    private BucketAccess buckets;
    private Sources sources;
    private byte[] content;

    @BeforeEach
    void serve() throws IOException {
        server = new ObjectServer();
        buckets = new BucketAccess(Optional.of(server.address()), "us-east-1", true);
        sources = new Sources(
                List.of(new LocalFiles(), new WebFiles(Duration.ofSeconds(30)), new BucketFiles(buckets)),
                attempt -> {});
        content = new byte[300_000];
        new SplittableRandom(1).nextBytes(content);
        server.put("/proteins/a.fasta", content);
    }

    @AfterEach
    void stop() throws IOException {
        buckets.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "s3"})
    void aRemoteFileIsReadToItsLastByte(String place) throws IOException {
        Source source = sources.find(List.of(address(place))).getFirst();
        assertThat(source.bytes()).isEqualTo(content.length);
        assertThat(source.sha256()).isNull();
        assertThat(read(source)).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "s3"})
    void aBrokenConnectionIsTakenUpWhereItBroke(String place) throws IOException {
        Source source = sources.find(List.of(address(place))).getFirst();
        server.breakAfter(70_000);
        assertThat(read(source)).isEqualTo(content);
        List<String> ranges = server.requests().stream()
                .filter(request -> request.startsWith("GET"))
                .toList();
        assertThat(ranges).hasSizeGreaterThanOrEqualTo(5).doesNotHaveDuplicates();
        assertThat(ranges.getFirst()).isEqualTo("GET bytes=0-");
    }

    @Test
    void aServerThatKnowsNoRangesIsReadFromTheBeginningAgain() throws IOException {
        Source source = sources.find(List.of(address("web"))).getFirst();
        server.forgetRanges();
        try (InputStream rest = new WebFiles(Duration.ofSeconds(30)).open(source, 299_990)) {
            assertThat(rest.readAllBytes()).hasSize(10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "s3"})
    void aFileThatVanishedIsNamed(String place) throws IOException {
        Source source = sources.find(List.of(address(place))).getFirst();
        server.remove("/proteins/a.fasta");
        assertThatThrownBy(() -> read(source))
                .isInstanceOf(VanishedException.class)
                .hasMessage(address(place) + " has vanished since the corpus was asked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "s3"})
    void aFileThatChangedIsNotTakenForTheOldOne(String place) throws IOException {
        Source source = sources.find(List.of(address(place))).getFirst();
        server.put("/proteins/a.fasta", new byte[content.length]);
        assertThatThrownBy(() -> read(source))
                .isInstanceOf(VanishedException.class)
                .hasMessage(address(place) + " has changed since the corpus was asked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "s3"})
    void aFileThatIsNotThereIsRefusedWithItsPlaceInTheRequest(String place) {
        String nothing = address(place).replace("a.fasta", "b.fasta");
        assertThatThrownBy(() -> sources.find(List.of(address(place), nothing)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo("sources[1]"))
                .hasMessage(nothing + " answers 404");
    }

    @Test
    void aPatternOfKeysGivesTheObjectsInOrder() throws IOException {
        server.put("/proteins/set/2.fasta", new byte[2]);
        server.put("/proteins/set/1.fasta", new byte[1]);
        server.put("/proteins/set/readme.txt", new byte[3]);
        assertThat(sources.find(List.of("s3://proteins/set/*.fasta")))
                .extracting(Source::path)
                .containsExactly("s3://proteins/set/1.fasta", "s3://proteins/set/2.fasta");
        assertThatThrownBy(() -> sources.find(List.of("s3://proteins/set/*.fa")))
                .hasMessage("no object matches s3://proteins/set/*.fa");
    }

    @Test
    void otherSchemesAreRefused() {
        assertThatThrownBy(() -> sources.find(List.of("ftp://host/x")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("neither an absolute path nor");
    }

    private String address(String place) {
        return place.equals("s3") ? "s3://proteins/a.fasta" : server.address() + "/proteins/a.fasta";
    }

    private byte[] read(Source source) throws IOException {
        try (InputStream in = sources.open(source)) {
            return in.readAllBytes();
        }
    }
}
