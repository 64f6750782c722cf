package org.plmfrontier.dataset.corpus;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.dataset.source.Source;
import org.plmfrontier.runtime.digest.Sha256;

/** The name of a corpus: what its sources hold, in their order, and its options. Local paths do not matter. */
public final class CorpusId {
    /** Changes whenever the same sources and options would give another token log. */
    private static final String PROCEDURE = "1";

    private static final int DIGITS = 16;

    private CorpusId() {}

    /** Sixteen hexadecimal digits: the beginning of {@link #hash}. */
    public static String of(List<Source> sources, CorpusOptions options) {
        return hash(sources, options).substring(0, DIGITS);
    }

    /** SHA-256 of sources and options, hexadecimal. Options that are absent leave no trace. */
    public static String hash(List<Source> sources, CorpusOptions options) {
        StringBuilder text = new StringBuilder(PROCEDURE);
        sources.forEach(source -> text.append('\n').append(source.identity()));
        text.append('\n').append(options.heldOutSequences());
        text.append(' ').append(options.maxLength());
        text.append(' ').append(options.batchTokens());
        text.append(' ').append(options.seed());
        text.append(' ').append(options.strict());
        text.append(' ').append(options.minLength());
        text.append(' ').append(options.packingWindow());
        appendChoices(text, options);
        byte[] hash = Sha256.digest().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash);
    }

    private static void appendChoices(StringBuilder text, CorpusOptions options) {
        if (options.deduplicate()) {
            text.append("\ndeduplicate");
        }
        append(text, "maxResidues", options.maxResidues());
        append(text, "maxUnknownShare", options.maxUnknownShare());
        append(text, "identifierPattern", options.identifierPattern());
        append(text, "cluster", options.cluster());
        append(text, "sample", options.sample());
        append(text, "heldOutIdentity", options.heldOutIdentity());
        append(
                text,
                "heldOut",
                options.heldOut() == null ? null : options.heldOut().identity());
    }

    private static void append(StringBuilder text, String name, @Nullable Object choice) {
        if (choice != null) {
            text.append('\n').append(name).append(' ').append(choice);
        }
    }
}
