package org.plmfrontier.fitting.live;

import java.util.List;
import java.util.Optional;
import org.plmfrontier.contracts.corpus.MaskedReferences;
import org.plmfrontier.contracts.corpus.ReferenceLosses;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.fitting.plateau.FrequencyLoss;
import org.plmfrontier.fitting.plateau.PlateauVerdict.Plateau;
import org.plmfrontier.fitting.plateau.PooledPlateau;
import org.plmfrontier.fitting.study.Run;

/** What the frequencies alone reach at the task of planned runs. */
final class Frequencies {
    private Frequencies() {}

    /** Of a run; empty of imported runs, and of masked ones whose corpus was built before references under masks were. */
    static Optional<FrequencyLoss> of(Run run) {
        return run.spec().flatMap(plan -> {
            ReferenceLosses references = plan.corpus().references();
            if (!plan.shape().family().masked()) {
                return Optional.of(new FrequencyLoss("", references.unigramNats()));
            }
            return Optional.ofNullable(references.masked())
                    .map(masked -> new FrequencyLoss("under these masks", masked.frequenciesNats()));
        });
    }

    /** Whether a run is trained at the task that it is evaluated at: recipes may have other masks than evaluations. */
    static boolean sameTask(Run run) {
        return run.spec().map(Frequencies::sameTask).orElse(false);
    }

    private static boolean sameTask(RunSpec plan) {
        MaskedReferences masked = plan.corpus().references().masked();
        return !plan.shape().family().masked()
                || masked != null && masked.masking().equals(plan.recipe().masking());
    }

    /** The pooled verdict; a common floor that is no better than the frequencies says so. */
    static PooledPlateau beside(PooledPlateau pooled, List<Run> runs) {
        if (!(pooled.verdict() instanceof Plateau plateau) || !runs.stream().allMatch(Frequencies::sameTask)) {
            return pooled;
        }
        return runs.stream()
                .flatMap(run -> of(run).stream())
                .findFirst()
                .map(trivial ->
                        new PooledPlateau(trivial.beside(plateau, plateau.lInf().value()), pooled.runs()))
                .orElse(pooled);
    }
}
