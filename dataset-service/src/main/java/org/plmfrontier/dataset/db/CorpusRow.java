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
import org.plmfrontier.dataset.corpus.CorpusManifest;
import org.plmfrontier.dataset.corpus.CorpusOptions;
import org.plmfrontier.dataset.corpus.CorpusState;
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

    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    void set(Corpus corpus) {
        id = corpus.id();
        sources = JsonColumn.write(corpus.sources());
        options = JsonColumn.write(corpus.options());
        state = corpus.state();
        error = corpus.error();
        manifest = corpus.manifest() == null ? null : JsonColumn.write(corpus.manifest());
    }

    Corpus corpus() {
        return new Corpus(
                id,
                List.of(JsonColumn.read(sources, Source[].class)),
                JsonColumn.read(options, CorpusOptions.class),
                state,
                error,
                manifest == null ? null : JsonColumn.read(manifest, CorpusManifest.class));
    }
}
