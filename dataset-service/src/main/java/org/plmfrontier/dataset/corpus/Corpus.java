package org.plmfrontier.dataset.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.builder.StagedBuilder;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.source.Source;

/**
 * A corpus that was asked for.
 *
 * @param error why it failed, one sentence; null unless it did
 * @param manifest what it is; null unless it is ready
 * @param findings oddities of the sources, as far as they were read
 */
@StagedBuilder
public record Corpus(
        String id,
        List<Source> sources,
        CorpusOptions options,
        CorpusState state,
        @Nullable String error,
        @Nullable CorpusManifest manifest,
        List<Finding> findings) {
    public Corpus {
        Objects.requireNonNull(id, "id");
        sources = List.copyOf(sources);
        findings = List.copyOf(findings);
        if ((state == CorpusState.FAILED) != (error != null) || (state == CorpusState.READY) != (manifest != null)) {
            throw new IllegalArgumentException("corpus " + id + " is " + state + " with error " + error + " and "
                    + (manifest == null ? "no manifest" : "a manifest"));
        }
    }

    /** A corpus at its start. */
    public static Corpus asked(List<Source> sources, CorpusOptions options) {
        return at(CorpusId.of(sources, options), sources, options);
    }

    public Corpus again() {
        return at(id, sources, options);
    }

    public Corpus ready(CorpusManifest made) {
        return CorpusBuilder.from(again())
                .state(CorpusState.READY)
                .manifest(made)
                .findings(made.findings())
                .build();
    }

    /**
     * It has failed.
     *
     * @param reason one sentence
     * @param found oddities of its sources
     */
    public Corpus failed(String reason, List<Finding> found) {
        return CorpusBuilder.from(again())
                .state(CorpusState.FAILED)
                .error(reason)
                .findings(found)
                .build();
    }

    private static Corpus at(String id, List<Source> sources, CorpusOptions options) {
        return CorpusBuilder.builder()
                .id(id)
                .sources(sources)
                .options(options)
                .state(CorpusState.INGESTING)
                .findings(List.of())
                .build();
    }

    /** All files that it is made of, those of its held-out set too. */
    public List<Source> files() {
        List<Source> files = new ArrayList<>(sources);
        if (options.heldOut() != null) {
            files.addAll(options.heldOut().files());
        }
        return files;
    }

    /** Bytes of all sources, as stored. */
    public long bytes() {
        return sources.stream().mapToLong(Source::bytes).sum();
    }
}
