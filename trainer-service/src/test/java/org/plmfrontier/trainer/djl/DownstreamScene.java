package org.plmfrontier.trainer.djl;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.Table4;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.batch.PaddedBatch;
import org.plmfrontier.trainer.engine.ModelSettings;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.safetensors.Fixture;

/** The model of the downstream fixtures, and their proteins. */
public final class DownstreamScene {
    static final ModelShape SHAPE = Table4.byName().get("5M");

    private DownstreamScene() {}

    /** Untrained, 5M, with token dropout. */
    public static ProteinModel model() throws IOException {
        try (Fixture fixture = Fixture.open("esm5m")) {
            DeterministicWeights weights =
                    new DeterministicWeights(2, fixture.metadata().get("weight_table"));
            return Engines.shared().open(new ModelSettings(SHAPE, Optimizer.adamW()), true, weights);
        }
    }

    /** Rows of a tensor of tokens [proteins][columns] without their padding: START, residues, END. */
    public static List<byte[]> rows(int[] tokens, int columns) {
        List<byte[]> rows = new ArrayList<>();
        for (int from = 0; from < tokens.length; from += columns) {
            int length = 0;
            while (length < columns && tokens[from + length] != Vocabulary.PAD) {
                length++;
            }
            byte[] row = new byte[length];
            for (int i = 0; i < length; i++) {
                row[i] = (byte) tokens[from + i];
            }
            rows.add(row);
        }
        return rows;
    }

    /** 2u - 1 of the fixtures' formula. */
    public static double signed(long seed, long i) {
        return DeterministicWeights.signed(seed, 0, i);
    }

    /** Proteins with all residues selected. */
    static PaddedBatch residues(List<byte[]> rows) {
        int total = rows.stream().mapToInt(row -> row.length).sum();
        byte[] input = new byte[total];
        int[] selected = new int[total];
        int[] lengths = rows.stream().mapToInt(row -> row.length).toArray();
        int size = 0;
        int count = 0;
        for (byte[] row : rows) {
            for (byte token : row) {
                if (Vocabulary.isResidue(token)) {
                    selected[count++] = size;
                }
                input[size++] = token;
            }
        }
        return PaddedBatch.of(new MaskedRecord(input, Arrays.copyOf(selected, count), new byte[count], lengths), true);
    }
}
