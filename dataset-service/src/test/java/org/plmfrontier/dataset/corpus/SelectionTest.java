package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.identity.Clustering;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.identity.IdentityReport;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.LocalFiles;

/** Which proteins a corpus has, by filter, repetition, likeness and sample. */
class SelectionTest {
    private static final long SEED = 21;

    @TempDir
    Path folder;

    private final MemoryCorpus corpus = new MemoryCorpus();

    @Test
    void filtersSetApartWithTheirReason() throws IOException {
        List<String> proteins = new ArrayList<>(Fasta.proteins(60, 30, 50, SEED));
        proteins.add("A".repeat(61));
        proteins.add("MX".repeat(20));
        CorpusManifest manifest = build(
                proteins, new Choice().maxResidues(60).maxUnknownShare(0.4).identifier("^p[0-9]"));
        assertThat(manifest.counts().setApart())
                .isEqualTo(Map.of(SetApart.ABOVE_MAX_RESIDUES, 1L, SetApart.TOO_MANY_UNKNOWN, 1L));
        assertThat(build(proteins, new Choice().identifier("[02468]$")).counts().setApart())
                .isEqualTo(Map.of(SetApart.IDENTIFIER, 31L));
    }

    @Test
    void ofEqualProteinsOnlyTheFirstStays() throws IOException {
        List<String> proteins = new ArrayList<>(Fasta.proteins(80, 30, 50, SEED));
        proteins.addAll(proteins.subList(0, 30));
        proteins.add(proteins.getFirst());
        CorpusManifest manifest = build(proteins, new Choice().deduplicate());
        assertThat(manifest.counts().setApart()).isEqualTo(Map.of(SetApart.DUPLICATE, 31L));
        assertThat(corpus.letters()).doesNotHaveDuplicates().hasSize(80);
        assertThat(manifest.counts().read()).isEqualTo(111);
        assertThat(build(proteins, new Choice()).counts().kept()).isEqualTo(111);
    }

    @Test
    void aSampleOfSequencesIsThatLargeAndPartOfEveryLargerOne() throws IOException {
        List<String> proteins = Fasta.proteins(200, 30, 50, SEED);
        CorpusManifest manifest = build(proteins, new Choice().sample(new Sample(50L, null)));
        Set<String> small = new HashSet<>(Sequences.letters(corpus.training()));
        assertThat(small).hasSize(50);
        assertThat(manifest.counts().setApart()).isEqualTo(Map.of(SetApart.NOT_SAMPLED, 140L));
        build(proteins, new Choice().sample(new Sample(90L, null)));
        assertThat(Sequences.letters(corpus.training())).containsAll(small).hasSize(90);
    }

    @Test
    void aSampleOfTokensIsFullUpToItsNextSequence() throws IOException {
        CorpusManifest manifest =
                build(Fasta.proteins(200, 30, 50, SEED), new Choice().sample(new Sample(null, 2000L)));
        assertThat(manifest.tokens()).isBetween(2000L - 52, 2000L);
    }

    @Test
    void aSampleLargerThanTheSourcesFailsWithBothNumbers() {
        assertThatThrownBy(() -> build(Fasta.proteins(100, 30, 50, SEED), new Choice().sample(new Sample(91L, null))))
                .hasMessage("sample.sequences asks for 91 proteins, there are 90 to train on");
    }

    @Test
    void everyProteinIsSampledAboutEquallyOften() throws IOException {
        List<String> proteins = Fasta.proteins(12, 30, 40, SEED);
        int[] times = new int[12];
        for (int seed = 0; seed < 200; seed++) {
            build(proteins, new Choice().heldOut(1).seed(seed).sample(new Sample(4L, null)));
            for (String one : Sequences.letters(corpus.training())) {
                times[proteins.indexOf(one)]++;
            }
        }
        for (int count : times) {
            assertThat(count).isBetween(42, 92);
        }
    }

    @Test
    void ofEachClusterOneProteinStays() throws IOException {
        List<String> families = families(40, 3);
        CorpusManifest manifest =
                build(families, new Choice().cluster(new Clustering(0.7, 0.8, Clustering.Method.CLUSTER)));
        assertThat(manifest.counts().kept()).isEqualTo(40);
        assertThat(manifest.counts().setApart()).isEqualTo(Map.of(SetApart.CLUSTERED, 80L));
        assertThat(manifest.identity()).isEqualTo(new IdentityReport("place by place", 120L, 40L, null));
    }

    @Test
    void whatIsLikeAHeldOutProteinIsNotTrainedOnAndTheManifestSaysHowThatWasChecked() throws IOException {
        CorpusManifest manifest = build(families(40, 3), new Choice().bound(new IdentityBound(0.5, 0)));
        IdentityReport.Check check = manifest.identity().heldOut();
        assertThat(check.searches()).isEqualTo(2);
        assertThat(check.highestIdentity()).isLessThan(0.5);
        assertThat(check.queries()).isEqualTo(10);
        assertThat(check.removed()).isEqualTo(manifest.counts().setApart().get(SetApart.LIKE_HELD_OUT));
        assertThat(check.removed()).isBetween(15L, 20L);
        assertThat(check.targets()).isEqualTo(manifest.counts().kept() - 10);
        for (String held : Sequences.letters(corpus.heldOut())) {
            for (String trained : Sequences.letters(corpus.training())) {
                assertThat(identity(held, trained)).isLessThan(0.5);
            }
        }
    }

    @Test
    void whereEverythingIsLikeTheHeldOutPartTheCorpusFails() {
        assertThatThrownBy(() -> build(families(1, 30), new Choice().bound(new IdentityBound(0.5, 0))))
                .hasMessageContaining("none is left to train on");
    }

    @Test
    void withoutAProgramThatComparesTheCorpusFailsWithItsReason() {
        CorpusOptions options = new Choice().bound(new IdentityBound(0.5, 0)).options();
        assertThatThrownBy(() -> corpus.build(folder, Fasta.proteins(60, 30, 50, SEED), options, Tools.local()))
                .hasMessage("nothing compares here");
    }

    @Test
    void impossibleChoicesNameTheirField() {
        refused("maxResidues", () -> new Choice().maxResidues(29).options());
        refused("maxUnknownShare", () -> new Choice().maxUnknownShare(1.1).options());
        refused(
                "identifierPattern",
                () -> new Choice().identifier("(").options().withUsablePattern());
        refused(
                "identifierPattern",
                () -> new Choice().identifier("(?=back)").options().withUsablePattern());
        refused(
                "identifierPattern",
                () -> new Choice().identifier("a".repeat(1001)).options().withUsablePattern());
        refused("sample", () -> new Sample(null, null));
        refused("sample", () -> new Sample(1L, 1L));
        refused("sample.tokens", () -> new Sample(null, 0L));
        refused("cluster.identity", () -> new Clustering(0, 0.8, Clustering.Method.CLUSTER));
        refused("cluster.coverage", () -> new Clustering(0.5, -1, Clustering.Method.LINCLUST));
        refused("heldOutIdentity.most", () -> new IdentityBound(1.5, 0));
    }

    @Test
    void everyChoiceGivesAnotherIdAndNoneTheOldOne() throws IOException {
        List<CorpusOptions> all = List.of(
                new Choice().options(),
                new Choice().deduplicate().options(),
                new Choice().maxResidues(99).options(),
                new Choice().maxUnknownShare(0.5).options(),
                new Choice().identifier("x").options(),
                new Choice().sample(new Sample(5L, null)).options(),
                new Choice().sample(new Sample(null, 5L)).options(),
                new Choice()
                        .cluster(new Clustering(0.5, 0.8, Clustering.Method.CLUSTER))
                        .options(),
                new Choice().bound(new IdentityBound(0.5, 0)).options());
        assertThat(all).extracting(options -> CorpusId.of(List.of(), options)).doesNotHaveDuplicates();
        assertThat(CorpusId.of(
                        List.of(),
                        CorpusOptionsBuilder.builder()
                                .heldOutSequences(10)
                                .maxLength(80)
                                .batchTokens(700)
                                .seed(5)
                                .strict(false)
                                .minLength(30)
                                .packingWindow(64)
                                .deduplicate(false)
                                .build()))
                .isEqualTo("fcf0153ca36a490d");
    }

    private CorpusManifest build(List<String> proteins, Choice choice) throws IOException {
        return corpus.build(folder, proteins, choice.options(), Tools.of(new PositionalIdentity(), new LocalFiles()));
    }

    private static void refused(String field, Runnable impossible) {
        assertThatThrownBy(impossible::run)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    /** Proteins in families, whose members differ in every fifth residue. */
    private static List<String> families(int count, int members) {
        List<String> all = new ArrayList<>();
        for (String founder : Fasta.proteins(count, 50, 50, SEED)) {
            for (int member = 0; member < members; member++) {
                StringBuilder protein = new StringBuilder(founder);
                for (int at = member % 5; at < 50 && member > 0; at += 5) {
                    protein.setCharAt(at, protein.charAt(at) == 'A' ? 'C' : 'A');
                }
                all.add(protein.toString());
            }
        }
        return all;
    }

    private static double identity(String first, String second) {
        int equal = 0;
        for (int i = 0; i < Math.min(first.length(), second.length()); i++) {
            equal += first.charAt(i) == second.charAt(i) ? 1 : 0;
        }
        return (double) equal / Math.min(first.length(), second.length());
    }
}
