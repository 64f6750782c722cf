package org.plmfrontier.dataset.corpus;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.refusal.RefusedException;
import org.plmfrontier.dataset.source.Source;

/**
 * A held-out set that several corpora may have in common, in place of one that is chosen among the sources.
 *
 * @param sources FASTA files whose proteins it is, all of them; null where it is a corpus's part
 * @param corpus the corpus whose held-out part it is; null where it is of files
 */
public record HeldOutFrom(
        @Nullable List<Source> sources, @Nullable String corpus) {
    public HeldOutFrom {
        sources = sources == null ? null : List.copyOf(sources);
        if ((sources == null) == (corpus == null) || (sources != null && sources.isEmpty())) {
            throw new RefusedException("heldOut", "heldOut must have either sources, at least one, or corpus");
        }
    }

    /** All proteins of some files. */
    public static HeldOutFrom files(List<Source> sources) {
        return new HeldOutFrom(sources, null);
    }

    /** The held-out part of a corpus. */
    public static HeldOutFrom corpus(String id) {
        return new HeldOutFrom(null, id);
    }

    /** The files; none where it is a corpus's part. */
    public List<Source> files() {
        return sources == null ? List.of() : sources;
    }

    /** The same without credentials in addresses. */
    public HeldOutFrom shown() {
        return sources == null
                ? this
                : files(sources.stream().map(Source::shown).toList());
    }

    /** What tells it from any other set: content, not places. */
    String identity() {
        return corpus == null
                ? files().stream().map(Source::identity).collect(Collectors.joining(" ", "files ", ""))
                : "corpus " + corpus;
    }
}
