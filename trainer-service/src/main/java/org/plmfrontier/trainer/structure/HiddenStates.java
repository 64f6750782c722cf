package org.plmfrontier.trainer.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ProteinModel;

/**
 * Hidden states of a model, proteins of about the same length together.
 *
 * @param layers ascending
 */
record HiddenStates(ProteinModel model, int[] layers) implements ResidueFeatures {
    /** Tokens of one call of the model. */
    private static final int BATCH_TOKENS = 4096;

    @Override
    public void of(List<LabelledProtein> proteins, BiConsumer<Integer, float[][][]> target) {
        List<Integer> byLength = IntStream.range(0, proteins.size())
                .boxed()
                .sorted(Comparator.comparing(i -> -proteins.get(i).states().length))
                .toList();
        int from = 0;
        while (from < byLength.size()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the measure was given up after " + from + " proteins");
            }
            int longest = proteins.get(byLength.get(from)).protein().tokens().length;
            int to = Math.min(byLength.size(), from + Math.max(1, BATCH_TOKENS / longest));
            List<Integer> part = byLength.subList(from, to);
            hidden(part.stream().map(proteins::get).toList(), part, target);
            from = to;
        }
    }

    private void hidden(
            List<LabelledProtein> proteins, List<Integer> numbers, BiConsumer<Integer, float[][][]> target) {
        float[][][] states = model.hidden(PaddedBatch.of(record(proteins), model.tokenDropout()), layers);
        int first = 0;
        for (int i = 0; i < proteins.size(); i++) {
            int end = first + proteins.get(i).counted().length;
            float[][][] own = new float[layers.length][][];
            for (int layer = 0; layer < layers.length; layer++) {
                own[layer] = Arrays.copyOfRange(states[layer], first, end);
            }
            target.accept(numbers.get(i), own);
            first = end;
        }
    }

    /** The proteins back to back, counted residues selected. */
    private static MaskedRecord record(List<LabelledProtein> proteins) {
        int[] lengths = proteins.stream()
                .mapToInt(protein -> protein.protein().tokens().length)
                .toArray();
        byte[] input = new byte[Arrays.stream(lengths).sum()];
        List<Integer> selected = new ArrayList<>();
        int start = 0;
        for (LabelledProtein protein : proteins) {
            byte[] tokens = protein.protein().tokens();
            System.arraycopy(tokens, 0, input, start, tokens.length);
            for (int i = 0; i < protein.states().length; i++) {
                if (protein.states()[i] != LabelledProtein.NOT_COUNTED) {
                    selected.add(start + 1 + i);
                }
            }
            start += tokens.length;
        }
        int[] places = selected.stream().mapToInt(Integer::intValue).toArray();
        return new MaskedRecord(input, places, new byte[places.length], lengths);
    }
}
