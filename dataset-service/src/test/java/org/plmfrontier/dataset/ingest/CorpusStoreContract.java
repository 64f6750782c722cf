package org.plmfrontier.dataset.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.model.SequenceLoad;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusBuilder;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusOptionsBuilder;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.finding.FindingClass;
import org.plmfrontier.dataset.finding.Place;
import org.plmfrontier.dataset.plan.LoadProfile;
import org.plmfrontier.dataset.plan.Profiles;

/** What every {@link CorpusStore} does: the test of a store inherits this. Ids are new in each test. */
public abstract class CorpusStoreContract {
    private static final CorpusOptions OPTIONS = CorpusOptionsBuilder.builder()
            .heldOutSequences(10)
            .maxLength(256)
            .batchTokens(4096)
            .seed(1)
            .strict(false)
            .minLength(30)
            .packingWindow(4096)
            .deduplicate(false)
            .build();
    private static final List<SequenceLoad> LOADS = Profiles.loads(50, 3);

    private final String id = unique();

    protected abstract CorpusStore store();

    /** What studies are planned on. */
    protected abstract LoadProfile profile(String corpusId);

    /** Makes a study that uses the corpus. */
    protected abstract void addStudy(String studyId, String corpusId);

    @Test
    void aCorpusIsAddedOnceAndFound() {
        Corpus corpus = asked(id);
        assertThat(store().find(id)).isEmpty();
        assertThat(store().add(corpus)).isTrue();
        assertThat(store().add(corpus)).isFalse();
        assertThat(store().find(id)).contains(corpus);
    }

    @Test
    void anUpdateReplacesStateErrorAndFindings() {
        store().add(asked(id));
        Corpus failed = asked(id).failed("line 3 is no sequence", List.of(finding()));
        store().update(failed);
        assertThat(store().find(id)).contains(failed);
        store().update(failed.again());
        assertThat(store().find(id)).contains(asked(id));
    }

    @Test
    void corporaComeOldestFirst() {
        String later = unique();
        store().add(asked(id));
        store().add(asked(later));
        assertThat(store().all()).extracting(Corpus::id).containsSubsequence(id, later);
    }

    @Test
    void loadsComeInAnyPiecesAndTwiceWithoutChange() {
        store().add(asked(id));
        store().addLoads(id, 0, LOADS.subList(0, 20));
        store().addLoads(id, 10, LOADS.subList(10, 50));
        store().addLoads(id, 0, LOADS);
        assertThat(profile(id).records()).isEqualTo(50);
        assertThat(profile(id).between(0, 137))
                .isEqualTo(Profiles.profile(LOADS).between(0, 137));
    }

    @Test
    void aLoadThatIsKnownStaysAsItIs() {
        store().add(asked(id));
        store().addLoads(id, 0, LOADS);
        store().addLoads(id, 0, Profiles.loads(50, 4));
        assertThat(profile(id).between(0, 50)).isEqualTo(Profiles.profile(LOADS).between(0, 50));
    }

    @Test
    void aCorpusIsRemovedWithItsLoads() {
        store().add(asked(id));
        store().addLoads(id, 0, LOADS);
        store().remove(id);
        store().remove(id);
        assertThat(store().find(id)).isEmpty();
        assertThat(store().all()).extracting(Corpus::id).doesNotContain(id);
        List<SequenceLoad> others = Profiles.loads(7, 5);
        store().add(asked(id));
        store().addLoads(id, 0, others);
        assertThat(profile(id).records()).isEqualTo(7);
        assertThat(profile(id).between(0, 7)).isEqualTo(Profiles.profile(others).between(0, 7));
    }

    @Test
    void studiesOfACorpusAreNamed() {
        String other = unique();
        store().add(asked(id));
        store().add(asked(other));
        store().addLoads(id, 0, LOADS);
        assertThat(store().studiesOf(id)).isEmpty();
        String study = unique();
        addStudy(study, id);
        assertThat(store().studiesOf(id)).containsExactly(study);
        assertThat(store().studiesOf(other)).isEmpty();
    }

    private static Corpus asked(String id) {
        return CorpusBuilder.builder()
                .id(id)
                .sources(List.of())
                .options(OPTIONS)
                .state(CorpusState.INGESTING)
                .findings(List.of())
                .build();
    }

    private static Finding finding() {
        return new Finding(FindingClass.values()[0], 2, new Place("a.fasta", 3));
    }

    private static String unique() {
        return "kit-" + UUID.randomUUID().toString().substring(0, 13);
    }
}
