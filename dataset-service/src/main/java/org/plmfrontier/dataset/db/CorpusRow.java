package org.plmfrontier.dataset.db;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.corpus.Corpus;
import org.plmfrontier.dataset.corpus.CorpusBuilder;
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusState;
import org.plmfrontier.dataset.finding.Finding;
import org.plmfrontier.dataset.source.Source;

/** A corpus. */
@Entity
@Table(name = "corpus")
class CorpusRow extends PanacheEntityBase {
    @Id
    String id;

    String sources;
    String options;

    @Enumerated(EnumType.STRING)
    CorpusState state;

    @Nullable
    String error;

    @Nullable
    String manifest;

    /** Of a corpus that failed; a manifest has its own. */
    @Nullable
    String findings;

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    void set(Corpus corpus) {
        id = corpus.id();
        sources = JsonColumn.write(corpus.sources());
        options = JsonColumn.write(corpus.options());
        state = corpus.state();
        error = corpus.error();
        manifest = corpus.manifest() == null ? null : JsonColumn.write(corpus.manifest());
        findings =
                corpus.manifest() != null || corpus.findings().isEmpty() ? null : JsonColumn.write(corpus.findings());
    }

    Corpus corpus() {
        CorpusManifest made = manifest == null ? null : JsonColumn.read(manifest, CorpusManifest.class);
        List<Finding> found = findings == null ? List.of() : List.of(JsonColumn.read(findings, Finding[].class));
        return CorpusBuilder.builder()
                .id(id)
                .sources(List.of(JsonColumn.read(sources, Source[].class)))
                .options(JsonColumn.read(options, CorpusOptions.class))
                .state(state)
                .findings(made == null ? found : made.findings())
                .error(error)
                .manifest(made)
                .build();
    }
}
