package org.plmfrontier.dataset.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogDigest;
import org.plmfrontier.dataset.Fasta;
import org.plmfrontier.dataset.Sequences;
import org.plmfrontier.dataset.Tools;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.StrictModeException;
import org.plmfrontier.dataset.identity.IdentityBound;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.residue.SetApart;
import org.plmfrontier.dataset.source.LocalFiles;
import org.plmfrontier.dataset.source.Source;

/** Held-out sets that several corpora have in common. */
class CommonHeldOutTest {
    private static final long SEED = 31;
    private static final BuildTools TOOLS = Tools.of(new PositionalIdentity(), new LocalFiles());

    @TempDir
    Path folder;

    private final List<String> heldOut = Fasta.proteins(60, 30, 200, SEED);
    private final MemoryCorpus first = new MemoryCorpus();
    private final MemoryCorpus second = new MemoryCorpus();

    @Test
    void corporaOfOtherProteinsAndSeedsHaveTheRecordsOfTheFileThatBothName() throws IOException {
        CorpusManifest one = build(first, Fasta.proteins(200, 30, 90, SEED + 1), named(new Choice(), heldOut));
        CorpusManifest two = build(second, Fasta.proteins(300, 30, 90, SEED + 2), named(new Choice().seed(9), heldOut));
        assertThat(two.id()).isNotEqualTo(one.id());
        assertThat(two.heldOut()).isNotNull().isEqualTo(one.heldOut());
        assertThat(relabelled(second.heldOut())).usingRecursiveComparison().isEqualTo(relabelled(first.heldOut()));
        assertThat(one.heldOut()).isEqualTo(HeldOutSet.of(digest(first.heldOut())));
        assertThat(one.logs().heldOutSha256()).isEqualTo(one.heldOut().sha256());
        assertThat(one.counts().heldOut()).isEqualTo(60);
        assertThat(one.counts().kept()).isEqualTo(260);
        assertThat(one.counts().read()).isEqualTo(260);
        assertThat(one.ref().evaluatedOn()).isEqualTo(one.heldOut().sha256());
        assertThat(Sequences.letters(first.heldOut()))
                .hasSize(60)
                .allMatch(letters -> heldOut.stream().anyMatch(protein -> protein.contains(letters)));
        assertThat(one.references().masked().selectedResidues())
                .isEqualTo(two.references().masked().selectedResidues())
                .isEqualTo(selected(first.heldOut(), one.heldOut().masks()));
        assertThat(one.options().heldOut().files().getFirst().bytes()).isPositive();
    }

    @Test
    void lengthsOfTheCorpusCutTheSetAndTellItFromOthers() throws IOException {
        CorpusOptions options = named(new Choice(), heldOut);
        CorpusOptions longer = CorpusOptionsBuilder.builder()
                .heldOutSequences(1)
                .maxLength(120)
                .batchTokens(700)
                .seed(5)
                .strict(false)
                .minLength(30)
                .packingWindow(64)
                .deduplicate(false)
                .build()
                .with(options.heldOut());
        List<String> proteins = Fasta.proteins(200, 30, 90, SEED + 1);
        assertThat(build(first, proteins, longer).heldOut())
                .isNotEqualTo(build(second, proteins, options).heldOut());
    }

    @Test
    void aProteinOfTheSetIsNotTrainedOn() throws IOException {
        List<String> proteins = new ArrayList<>(Fasta.proteins(100, 30, 90, SEED + 1));
        proteins.addAll(heldOut.subList(0, 25));
        proteins.add(heldOut.getFirst());
        CorpusManifest manifest = build(first, proteins, named(new Choice(), heldOut));
        assertThat(manifest.counts().setApart()).containsOnly(Map.entry(SetApart.HELD_OUT, 26L));
        assertThat(manifest.counts().kept()).isEqualTo(160);
        Set<String> trained = new HashSet<>(Sequences.letters(first.training()));
        assertThat(trained).hasSize(100).isSubsetOf(windows(proteins.subList(0, 100)));
        assertThatThrownBy(() -> build(first, heldOut, named(new Choice(), heldOut)))
                .hasMessage("the sources hold no usable protein that is not held out; set apart: {HELD_OUT=60}");
    }

    @Test
    void whatIsLikeTheSetIsNotTrainedOnWhereABoundIsAskedFor() throws IOException {
        List<String> proteins = new ArrayList<>(Fasta.proteins(40, 50, 60, SEED + 1));
        List<String> relatives = heldOut.subList(0, 10).stream()
                .map(protein -> "W".repeat(5) + protein.substring(5))
                .toList();
        proteins.addAll(relatives);
        CorpusManifest unbound = build(first, proteins, named(new Choice(), heldOut));
        assertThat(unbound.counts().setApart()).isEmpty();
        CorpusManifest bound = build(second, proteins, named(new Choice().bound(new IdentityBound(0.5, 0)), heldOut));
        assertThat(bound.counts().setApart()).containsOnly(Map.entry(SetApart.LIKE_HELD_OUT, 10L));
        assertThat(bound.identity().heldOut().queries()).isEqualTo(60);
        assertThat(bound.identity().heldOut().targets()).isEqualTo(40);
        assertThat(bound.identity().heldOut().removed()).isEqualTo(10);
        assertThat(bound.heldOut()).isEqualTo(unbound.heldOut());
        assertThat(Sequences.letters(second.training())).doesNotContainAnyElementsOf(windows(relatives));
    }

    @Test
    void thePartOfAnotherCorpusIsTakenRecordByRecordUnderItsMasks() throws IOException {
        List<String> proteins = Fasta.proteins(200, 30, 200, SEED + 3);
        CorpusManifest chose = build(first, proteins, new Choice().options());
        List<TokenBatch> part = List.copyOf(first.heldOut());
        BuildTools tools = TOOLS.with(id -> new HeldOutParts.Part(
                new HeldOutSet(digest(part), id.equals(chose.id()) ? chose.ref().evaluatedOn() : "none"), part));
        CorpusManifest took = second.build(
                folder,
                file(proteins),
                new Choice().seed(8).options().with(HeldOutFrom.corpus(chose.id())),
                tools,
                1 << 20);
        assertThat(relabelled(second.heldOut())).usingRecursiveComparison().isEqualTo(relabelled(part));
        assertThat(took.ref().evaluatedOn())
                .isEqualTo(chose.id())
                .isEqualTo(chose.ref().evaluatedOn());
        assertThat(took.heldOut().sha256()).isEqualTo(chose.logs().heldOutSha256());
        List<String> held = Sequences.letters(part);
        assertThat(took.counts().setApart()).containsOnly(Map.entry(SetApart.HELD_OUT, 10L));
        assertThat(held).as("windows and whole ones").anyMatch(letters -> letters.length() > 78);
        assertThat(held).anyMatch(proteins::contains);
        for (String trained : Sequences.letters(second.training())) {
            assertThat(held).doesNotContain(trained);
        }
        assertThat(took.references().masked().selectedResidues())
                .isEqualTo(chose.references().masked().selectedResidues());
    }

    @Test
    void aBuildThatIsRepeatedGivesTheSameAndItsIdFollowsFromTheContentOfTheSet() throws IOException {
        List<String> proteins = Fasta.proteins(200, 30, 90, SEED + 1);
        CorpusOptions options = named(new Choice(), heldOut);
        CorpusManifest once = build(first, proteins, options);
        CorpusManifest again = build(second, proteins, options);
        assertThat(again).isEqualTo(once);
        Path moved = Fasta.write(folder.resolve("moved.fasta"), heldOut);
        CorpusOptions elsewhere = new Choice().options().with(HeldOutFrom.files(find(moved)));
        assertThat(CorpusId.of(List.of(), elsewhere)).isEqualTo(CorpusId.of(List.of(), options));
        assertThat(CorpusId.of(List.of(), named(new Choice(), heldOut.subList(0, 59))))
                .isNotEqualTo(CorpusId.of(List.of(), options));
        assertThat(CorpusId.of(List.of(), new Choice().options().with(HeldOutFrom.corpus("c0ffee"))))
                .isNotEqualTo(CorpusId.of(List.of(), new Choice().options().with(HeldOutFrom.corpus("c0ffef"))));
    }

    @Test
    void oddFilesOfASetAreCountedNamedAndFatalWhereTheOptionsAreStrict() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd.fasta"), ">a\nMKVLaaaa\n>b\n\n>c\nMM@LV\n");
        List<String> proteins = Fasta.proteins(100, 30, 90, SEED + 1);
        CorpusOptions options = new Choice().options().with(HeldOutFrom.files(find(odd)));
        CorpusManifest manifest = build(first, proteins, options);
        assertThat(manifest.counts().heldOut()).isEqualTo(1);
        assertThat(manifest.counts().setApart()).containsKeys(SetApart.EMPTY, SetApart.MALFORMED);
        assertThat(manifest.findings())
                .filteredOn(finding -> finding.type() == FindingClass.LOWERCASE)
                .singleElement()
                .satisfies(finding -> assertThat(finding.first().file()).isEqualTo(odd.toString()));
        CorpusOptions strict = CorpusOptionsBuilder.builder()
                .heldOutSequences(1)
                .maxLength(80)
                .batchTokens(700)
                .seed(5)
                .strict(true)
                .minLength(30)
                .packingWindow(64)
                .deduplicate(false)
                .build()
                .with(HeldOutFrom.files(find(odd)));
        assertThatThrownBy(() -> build(first, proteins, strict)).isInstanceOf(StrictModeException.class);
        Path empty = Files.writeString(folder.resolve("empty.fasta"), ">b\n\n");
        assertThatThrownBy(() -> build(first, proteins, new Choice().options().with(HeldOutFrom.files(find(empty)))))
                .hasMessage("the held-out set is empty: there is no protein in " + empty + "; set apart: {EMPTY=1}");
        Path page = Files.writeString(folder.resolve("page.fasta"), "<html><body>log in</body></html>\n");
        assertThatThrownBy(() -> build(first, proteins, new Choice().options().with(HeldOutFrom.files(find(page)))))
                .hasMessageStartingWith(page + " looks like HTML, not like FASTA; ");
    }

    @Test
    void aSetThatEveryEvaluationWouldReadForAnHourIsRefused() throws IOException {
        List<String> large = Fasta.proteins(3, 6_000_000, 6_000_000, SEED);
        Path file = Fasta.write(folder.resolve("large.fasta"), large);
        CorpusOptions options = CorpusOptionsBuilder.builder()
                .heldOutSequences(1)
                .maxLength(1 << 20)
                .batchTokens(1 << 20)
                .seed(5)
                .strict(false)
                .minLength(30)
                .packingWindow(16)
                .deduplicate(false)
                .build()
                .with(HeldOutFrom.files(Collections.nCopies(17, find(file).getFirst())));
        assertThatThrownBy(() -> build(first, Fasta.proteins(100, 30, 90, SEED + 1), options))
                .hasMessageStartingWith("the held-out set has more than 16777216 tokens");
    }

    @Test
    void impossibleSetsAreRefused() {
        assertThatThrownBy(() -> new HeldOutFrom(null, null)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> new HeldOutFrom(List.of(), null)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> new HeldOutFrom(List.of(new Source("/x", "ab", 1)), "c"))
                .hasMessage("heldOut must have either sources, at least one, or corpus");
        assertThatThrownBy(() -> CorpusOptionsBuilder.builder()
                        .heldOutSequences(0)
                        .maxLength(80)
                        .batchTokens(700)
                        .seed(5)
                        .strict(false)
                        .minLength(30)
                        .packingWindow(64)
                        .deduplicate(false)
                        .build())
                .hasMessage("heldOutSequences must be at least 1, got 0");
    }

    private static long selected(List<TokenBatch> batches, String set) {
        return batches.stream()
                .mapToLong(
                        batch -> HeldOutMasks.of(set).mask(batch, batch.index()).selected().length)
                .sum();
    }

    private static String digest(List<TokenBatch> batches) {
        TokenLogDigest digest = new TokenLogDigest();
        batches.forEach(digest::add);
        return digest.hex();
    }

    private static List<TokenBatch> relabelled(List<TokenBatch> batches) {
        return batches.stream()
                .map(batch -> new TokenBatch("any", batch.index(), batch.tokens(), batch.lengths()))
                .toList();
    }

    /** All that a protein may give with at most 80 tokens. */
    private static Set<String> windows(List<String> proteins) {
        Set<String> windows = new HashSet<>();
        for (String protein : proteins) {
            windows.add(protein);
            for (int length = 78; length <= 80; length++) {
                for (int at = 0; at + length <= protein.length(); at++) {
                    windows.add(protein.substring(at, at + length));
                }
            }
        }
        return windows;
    }

    private CorpusOptions named(Choice choice, List<String> proteins) throws IOException {
        return choice.options().with(HeldOutFrom.files(find(Fasta.write(folder.resolve("heldout.fasta"), proteins))));
    }

    private List<Source> file(List<String> proteins) throws IOException {
        return find(Fasta.write(folder.resolve("x.fasta"), proteins));
    }

    private static List<Source> find(Path file) throws IOException {
        return Objects.requireNonNull(TOOLS.sources().find(List.of(file.toString())));
    }

    private CorpusManifest build(MemoryCorpus corpus, List<String> proteins, CorpusOptions options) throws IOException {
        return corpus.build(folder, file(proteins), options, TOOLS, 1 << 20);
    }
}
