package org.plmfrontier.trainer.slice;

import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.job.BatchJob;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.job.RunSpecBuilder;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.random.SplitMix64;
import org.plmfrontier.contracts.recipe.Masking;
import org.plmfrontier.contracts.recipe.Optimizer;
import org.plmfrontier.contracts.recipe.Precision;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.contracts.recipe.RecipeBuilder;
import org.plmfrontier.contracts.recipe.Schedule;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.contracts.topic.TokenBatch;

/** Corpora, runs and jobs for tests, all from seeds. */
public final class Studies {
    public static final ModelShape SMALL = ModelShape.esm2(1, 8, 2);

    private Studies() {}

    /** Records of random sequences; each sequence is a walk that favours the next letter, so there is something to learn. */
    public static List<TokenBatch> records(String corpusId, int records, int sequences, int meanLength, long seed) {
        List<TokenBatch> batches = new ArrayList<>();
        for (int index = 0; index < records; index++) {
            SplitMix64 random = SplitMix64.at(seed, index);
            int[] lengths = new int[sequences];
            int total = 0;
            for (int i = 0; i < sequences; i++) {
                lengths[i] = meanLength - meanLength / 8 + random.nextInt(meanLength / 4 + 1);
                total += lengths[i];
            }
            byte[] tokens = new byte[total];
            int start = 0;
            for (int length : lengths) {
                fill(tokens, start, length, random);
                start += length;
            }
            batches.add(new TokenBatch(corpusId, index, tokens, lengths));
        }
        return batches;
    }

    public static CorpusRef corpus(String id, List<TokenBatch> training, List<TokenBatch> heldOut) {
        long tokens =
                training.stream().mapToLong(batch -> batch.tokens().length).sum();
        return new CorpusRef(id, training.size(), tokens, heldOut.size(), new ReferenceLosses(3.37, 2.9, 2.88));
    }

    /** A constant learning rate, AdamW, one thread. */
    public static Recipe recipe(int recordsPerStep) {
        return RecipeBuilder.builder()
                .name("test")
                .schedule(new Schedule.Constant(1e-3, 0))
                .optimizer(Optimizer.adamW())
                .masking(Masking.BERT)
                .tokenDropout(true)
                .recordsPerStep(recordsPerStep)
                .precision(Precision.FP32)
                .deterministic(false)
                .seed(7)
                .threads(1)
                .build();
    }

    public static RunSpec run(
            String study, String run, ModelShape shape, Recipe recipe, CorpusRef corpus, long... budgetEnds) {
        List<RunSpec.Budget> budgets = new ArrayList<>();
        for (long end : budgetEnds) {
            budgets.add(new RunSpec.Budget(end * 100.0, end));
        }
        return RunSpecBuilder.builder()
                .studyId(study)
                .runId(run)
                .name(run)
                .shape(shape)
                .recipe(recipe)
                .corpus(corpus)
                .budgets(budgets)
                .expectedFlops(1e9)
                .build();
    }

    /** Jobs of equal length over the whole run. */
    public static List<BatchJob> jobs(RunSpec run, int recordsPerSlice) {
        List<BatchJob> jobs = new ArrayList<>();
        for (long from = 0; from < run.endRecord(); from += recordsPerSlice) {
            long to = Math.min(run.endRecord(), from + recordsPerSlice);
            jobs.add(new BatchJob(run, jobs.size(), from, to, 1e6));
        }
        return jobs;
    }

    private static void fill(byte[] tokens, int start, int length, SplitMix64 random) {
        int kinds = Vocabulary.END_OF_STANDARD_RESIDUES - Vocabulary.FIRST_RESIDUE;
        int residue = random.nextInt(kinds);
        for (int i = start; i < start + length; i++) {
            residue = random.nextUnit() < 0.7 ? (residue + 1) % kinds : random.nextInt(kinds);
            tokens[i] = (byte) (Vocabulary.FIRST_RESIDUE + residue);
        }
        tokens[start] = Vocabulary.START;
        tokens[start + length - 1] = Vocabulary.END;
    }
}
