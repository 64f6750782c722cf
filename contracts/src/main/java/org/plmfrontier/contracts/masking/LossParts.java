package org.plmfrontier.contracts.masking;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a masked loss is made of, by what the model saw. The loss on MASK is the one to compare with the entropy of the
 * frequencies and with pseudo-perplexity; the whole also counts residues that the model could read off.
 *
 * @param mask on residues that show {@link Shown#MASK}; null where none was selected so, as are the others
 * @param random on residues that show {@link Shown#RANDOM}
 * @param unchanged on residues that show {@link Shown#UNCHANGED}
 */
public record LossParts(
        @Nullable LossPart mask,
        @Nullable LossPart random,
        @Nullable LossPart unchanged) {
    public LossParts {
        if (mask == null && random == null && unchanged == null) {
            throw new IllegalArgumentException("a loss without any part");
        }
    }

    /**
     * The parts of sums.
     *
     * @param nats summed loss by {@link Shown#ordinal()}
     * @param residues number of residues by {@link Shown#ordinal()}
     * @throws IllegalArgumentException where no residue was selected, or a sum is no loss
     */
    public static LossParts of(double[] nats, long[] residues) {
        return new LossParts(
                part(nats, residues, Shown.MASK),
                part(nats, residues, Shown.RANDOM),
                part(nats, residues, Shown.UNCHANGED));
    }

    /** Residues of all parts. */
    public long residues() {
        return parts().mapToLong(LossPart::residues).sum();
    }

    /** Mean over the residues of all parts, nats. */
    public double lossNats() {
        return parts().mapToDouble(part -> part.lossNats() * part.residues()).sum() / residues();
    }

    private Stream<LossPart> parts() {
        return Stream.of(mask, random, unchanged).flatMap(Stream::ofNullable);
    }

    private static @Nullable LossPart part(double[] nats, long[] residues, Shown shown) {
        int i = shown.ordinal();
        return residues[i] == 0 ? null : new LossPart(nats[i] / residues[i], residues[i]);
    }
}
