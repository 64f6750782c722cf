package org.plmfrontier.fitting.publication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.fitting.study.Study;

/**
 * What the losses of one family are compared with: predictors that need no network, on the held-out set, at the family's
 * own task. Of a masked family these are the ones under the masks of its evaluation, since a predictor that must name every
 * residue has a harder task; of a causal one the chains over every residue.
 *
 * @param masked whether the family predicts masked residues
 * @param lines for the loss as a whole, the highest first
 * @param onMask for the part of the loss on residues that show MASK; empty of causal families
 * @param note why lines are missing; null where none is
 */
public record ComparisonView(
        String family,
        boolean masked,
        List<Predictor> lines,
        List<Predictor> onMask,
        @Nullable String note) {
    static final String NOT_COMPUTED =
            "references under masks: not computed, the corpus was built before there were any; one that is built anew has them";

    /**
     * One predictor.
     *
     * @param name uniform, frequencies, neighbours or markov
     * @param label for people
     */
    public record Predictor(String name, String label, double lossNats) {}

    public ComparisonView {
        lines = List.copyOf(lines);
        onMask = List.copyOf(onMask);
    }

    /** One sheet per family of planned runs, ascending by name; none before the first run is planned. */
    static List<ComparisonView> of(Study study) {
        List<ComparisonView> sheets = new ArrayList<>();
        study.references()
                .ifPresent(references -> study.knownRuns().stream()
                        .flatMap(run -> run.spec().stream())
                        .map(plan -> plan.shape().family())
                        .distinct()
                        .sorted(Comparator.comparing(Family::name))
                        .forEach(family -> sheets.add(of(family, references))));
        return sheets;
    }

    static ComparisonView of(Family family, ReferenceLosses references) {
        Predictor uniform = new Predictor("uniform", "uniform, ln 29", references.uniformNats());
        if (!family.masked()) {
            return new ComparisonView(
                    family.name(),
                    false,
                    List.of(
                            uniform,
                            new Predictor("frequencies", "amino-acid frequencies", references.unigramNats()),
                            new Predictor("markov", "order-2 Markov chain", references.markovNats())),
                    List.of(),
                    null);
        }
        MaskedReferences under = references.masked();
        if (under == null) {
            return new ComparisonView(family.name(), true, List.of(uniform), List.of(), NOT_COMPUTED);
        }
        return new ComparisonView(
                family.name(),
                true,
                List.of(
                        uniform,
                        new Predictor("frequencies", "frequencies under these masks", under.frequenciesNats()),
                        new Predictor("neighbours", "visible neighbours under these masks", under.neighboursNats())),
                List.of(
                        new Predictor("frequencies", "frequencies, H(f)", under.frequenciesOnMaskNats()),
                        new Predictor("neighbours", "visible neighbours", under.neighboursOnMaskNats())),
                null);
    }
}
