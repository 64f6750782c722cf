package org.plmfrontier.dataset.corpus;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The name of a corpus: what its sources hold, in their order, and its options. Paths do not matter. */
public final class CorpusId {
    /** Changes whenever the same sources and options would give another token log. */
    private static final String PROCEDURE = "1";

    private static final int BYTES = 8;

    private CorpusId() {}

    /** Sixteen hexadecimal digits. */
    public static String of(List<Source> sources, CorpusOptions options) {
        StringBuilder text = new StringBuilder(PROCEDURE);
        sources.forEach(source -> text.append('\n').append(source.sha256()));
        text.append('\n').append(options.heldOutSequences());
        text.append(' ').append(options.maxLength());
        text.append(' ').append(options.batchTokens());
        text.append(' ').append(options.seed());
        text.append(' ').append(options.strict());
        text.append(' ').append(options.minLength());
        text.append(' ').append(options.packingWindow());
        byte[] hash = Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, BYTES);
    }
}
