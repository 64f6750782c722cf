package org.plmfrontier.launcher.studyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyFileTest {
    @TempDir
    Path folder;

    private StudyFile file(String text) throws IOException {
        return StudyFile.read(Files.writeString(folder.resolve("study.yaml"), text));
    }

    @Test
    void theLeastFileIsACorpusAndABudget() throws IOException {
        StudyFile file = file("corpus: my.fasta.gz\nbudget: 20 minutes here\n");
        assertThat(file.corpusRequest().toString())
                .isEqualTo("{\"sources\":[\"" + folder.resolve("my.fasta.gz") + "\"]}");
        assertThat(file.studyRequest().toString()).isEqualTo("{\"budget\":\"20 minutes here\"}");
        assertThat(file.corpusId()).isEmpty();
    }

    @Test
    void aCorpusMayHaveSeveralSourcesAndOptionsAndAddressesStayAsTheyAre() throws IOException {
        StudyFile file = file("""
                corpus:
                  sources: [s3://bucket/a.fasta, ../b.fasta, /data/c*.fasta]
                  maxLength: 512
                budget: 1e15 FLOPs
                """);
        assertThat(file.corpusRequest().toString())
                .isEqualTo("{\"sources\":[\"s3://bucket/a.fasta\",\"" + folder.resolveSibling("b.fasta")
                        + "\",\"/data/c*.fasta\"],\"maxLength\":512}");
        assertThat(file("corpus: 0123456789abcdef\nbudget: 1h").corpusId()).contains("0123456789abcdef");
    }

    @Test
    void filesOfAHeldOutSetBeginAtTheFilesFolderToo() throws IOException {
        StudyFile file =
                file("corpus: {sources: a.fasta, heldOut: {sources: [held.fasta, https://x/y.fasta]}}\nbudget: 1h");
        assertThat(file.corpusRequest().at("/heldOut/sources").toString())
                .isEqualTo("[\"" + folder.resolve("held.fasta") + "\",\"https://x/y.fasta\"]");
        assertThat(file("corpus: {sources: a, heldOut: {sources: b}}")
                        .corpusRequest()
                        .at("/heldOut/sources/0")
                        .asText())
                .isEqualTo(folder.resolve("b").toString());
        assertThat(file("corpus: {sources: a, heldOut: {corpus: c0ffee}}")
                        .corpusRequest()
                        .path("heldOut")
                        .toString())
                .isEqualTo("{\"corpus\":\"c0ffee\"}");
    }

    @Test
    void numbersWithoutAPointAreNumbers() throws IOException {
        StudyFile file = file("corpus: a\nflopBudgets: [1e18, 3.0e+18, 20M]\nmaxRunFlops: 1e19\n");
        assertThat(file.studyRequest())
                .isEqualTo(new ObjectMapper().readTree("{\"flopBudgets\":[1e18,3e18,\"20M\"],\"maxRunFlops\":1e19}"));
    }

    @Test
    void jsonIsTakenToo() throws IOException {
        assertThat(file("{\"corpus\": \"a\", \"sizes\": \"5M..35M, 3\"}")
                        .studyRequest()
                        .toString())
                .isEqualTo("{\"sizes\":\"5M..35M, 3\"}");
    }

    @Test
    void everyFieldHasItsLineAndAnUnknownOneThatOfWhatIsAroundIt() throws IOException {
        StudyFile file = file("""
                corpus: a
                # a comment

                shapes:
                  - 5M
                  - family: ESM2
                    heads: 3
                tokenBudgets: [1, 2]
                """);
        assertThat(file.problem("shapes[1].heads", "x").line()).isEqualTo(7);
        assertThat(file.problem("shapes[0]", "x").line()).isEqualTo(5);
        assertThat(file.problem("shapes[1].layers", "x").line()).isEqualTo(6);
        assertThat(file.problem("tokenBudgets[1]", "x").line()).isEqualTo(8);
        assertThat(file.problem("recipe.name", "recipe.name is odd").shown())
                .isEqualTo(folder.resolve("study.yaml") + ": recipe.name is odd");
    }

    @Test
    void whatIsNoStudyIsRefusedWithItsLine() {
        assertThatThrownBy(() -> file("corpus: a\nbudget: [1\nid: x\n"))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("study.yaml, line ");
        assertThatThrownBy(() -> file("corpus: a\nbudget: 1h\nbudget: 2h\n")).hasMessageContaining("line 3");
        assertThatThrownBy(() -> file("")).hasMessageContaining("is no study");
        assertThatThrownBy(() -> file("- a\n")).hasMessageContaining("is no study");
        assertThatThrownBy(() -> file("budget: 1h\n")).hasMessageContaining("corpus must be");
        assertThatThrownBy(() -> StudyFile.read(folder.resolve("none.yaml"))).hasMessageContaining("no such file");
    }
}
