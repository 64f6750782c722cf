package org.plmfrontier.dataset.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.topic.TokenBatch;
import org.plmfrontier.contracts.topic.TokenLogAudit;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.HeldOutFrom;
import org.plmfrontier.dataset.corpus.HeldOutParts;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Sources;

/** Held-out sets that are named: of files, or parts of the corpora that are there. Thread-safe. */
final class HeldOutSets implements HeldOutParts {
    private static final String CORPUS = "heldOut.corpus";

    private final CorpusStore store;
    private final TokenLogs logs;
    private final Sources sources;

    HeldOutSets(CorpusStore store, TokenLogs logs, Sources sources) {
        this.store = store;
        this.logs = logs;
        this.sources = sources;
    }

    /**
     * The options of a corpus that somebody wants, with the set that it names.
     *
     * @throws RefusedException where the set cannot be what it is to be
     * @throws ConflictException where it is the part of a corpus that is not ready
     * @throws IOException where a place of files does not answer
     */
    CorpusOptions options(WantedCorpus wanted) throws IOException {
        WantedCorpus.@Nullable WantedHeldOut heldOut = wanted.heldOut();
        if (heldOut == null) {
            return wanted.options();
        }
        if (heldOut.corpus() == null) {
            return wanted.options().with(HeldOutFrom.files(sources.find("heldOut.sources", heldOut.sources())));
        }
        requireUsable(heldOut.corpus(), wanted.options());
        return wanted.options().with(HeldOutFrom.corpus(heldOut.corpus()));
    }

    private void requireUsable(String id, CorpusOptions options) {
        Corpus corpus = store.find(id)
                .orElseThrow(() -> new RefusedException(
                        CORPUS, "there is no corpus '" + id + "' whose held-out part could be taken"));
        if (corpus.manifest() == null) {
            throw new ConflictException(
                    "the held-out part of corpus " + id + " can be taken once it is READY; it is " + corpus.state());
        }
        if (corpus.options().maxLength() > options.maxLength()) {
            throw new RefusedException(
                    CORPUS,
                    "the held-out part of corpus " + id + " has sequences of up to "
                            + corpus.options().maxLength() + " tokens, which is more than maxLength "
                            + options.maxLength());
        }
    }

    /** Ids of the corpora whose held-out set is the part of a corpus. */
    List<String> takenBy(String id) {
        return store.all().stream()
                .filter(corpus -> corpus.options().heldOut() != null
                        && id.equals(corpus.options().heldOut().corpus()))
                .map(Corpus::id)
                .toList();
    }

    @Override
    public Part of(String id) throws IOException {
        String part = "the held-out part of corpus " + id;
        Corpus corpus = store.find(id).orElseThrow(() -> new IOException(part + " is gone with the corpus"));
        CorpusManifest manifest = corpus.manifest();
        if (manifest == null) {
            throw new IOException(part + " can be taken once that corpus is READY; it is " + corpus.state());
        }
        List<TokenBatch> batches = new ArrayList<>();
        TokenLogAudit.Report found = logs.readHeldOut(id, batches::add);
        Verification.requireHeldOut(manifest, found);
        HeldOutSet set = new HeldOutSet(found.sha256(), manifest.ref().evaluatedOn());
        return new Part(set, batches);
    }
}
