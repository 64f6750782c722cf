package org.plmfrontier.dataset.source;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place where sequence files lie. Thread-safe. */
public interface SourceStore {
    /** Whether an address is of this place. */
    boolean serves(String address);

    /**
     * The files that an address or a pattern names, in the order of their names.
     *
     * @param sha256 what the asker says the file's hash is; null where nothing was said
     * @throws org.plmfrontier.dataset.refusal.RefusedException where there is none, naming the field
     * @throws IOException where the place does not answer
     */
    List<Source> find(String field, String address, @Nullable String sha256) throws IOException;

    /**
     * The bytes of a file.
     *
     * @param offset first byte wanted
     * @throws VanishedException where the file is not there any more, or not as it was
     * @throws IOException where the place does not answer; asking again may help
     */
    SourceStream open(Source source, long offset) throws IOException;

    /** Whether an address names several files by signs that stand for others. */
    boolean isPattern(String address);
}
