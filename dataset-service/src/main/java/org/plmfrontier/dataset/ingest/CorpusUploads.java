package org.plmfrontier.dataset.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.ConflictException;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.dataset.source.Uploads;

/** The uploads that corpora are made of. Thread-safe. */
public final class CorpusUploads {
    private final CorpusStore store;
    private final @Nullable Uploads uploads;
    private final InstantSource clock;

    /** @param uploads where files are kept; null where none are taken */
    public CorpusUploads(CorpusStore store, @Nullable Uploads uploads, InstantSource clock) {
        this.store = store;
        this.uploads = uploads;
        this.clock = clock;
    }

    /** Whether files are taken at all. */
    public boolean areTaken() {
        return uploads != null;
    }

    /**
     * Keeps a file, once those are deleted that nobody wants.
     *
     * @param name its last name
     * @param contentLength the request's header; empty where it has none
     * @throws ConflictException where none are taken
     * @throws org.plmfrontier.dataset.refusal.RefusedException where the name is none or the file is empty
     */
    public Uploads.Upload keep(String name, String contentLength, InputStream body) throws IOException {
        if (uploads == null) {
            throw new ConflictException(
                    "this service takes no files: dataset.uploads.folder is not set; name a file that it"
                            + " can read itself, or an address, among the sources of a corpus");
        }
        sweep();
        return uploads.keep(name, contentLength, body);
    }

    /** Deletes those that no corpus is made of and that nobody has sent for a day. */
    public void sweep() {
        if (uploads != null) {
            uploads.sweep(
                    store.all().stream()
                            .flatMap(corpus -> corpus.files().stream())
                            .map(Source::path)
                            .collect(Collectors.toSet()),
                    clock.instant());
        }
    }
}
