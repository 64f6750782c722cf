package org.plmfrontier.trainer.structure;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.plmfrontier.contracts.random.SplitMix64;

/**
 * The proteins of a probe, cropped and chosen.
 *
 * @param training that it is fitted to
 * @param validation that it is measured on; none of them is among the others
 * @param findings what was left out, in sentences
 */
record ProteinSets(List<LabelledProtein> training, List<LabelledProtein> validation, List<String> findings) {
    ProteinSets {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        findings = List.copyOf(findings);
    }

    /**
     * Crops, leaves training proteins out that stand in the validation set too, and chooses by the seed where there are more
     * than asked for.
     */
    static ProteinSets of(List<LabelledProtein> training, List<LabelledProtein> validation, StructureOptions options) {
        List<String> findings = new ArrayList<>();
        List<LabelledProtein> measured = chosen(
                cropped(validation, options.maxResidues(), "validation", findings),
                options.validationProteins(),
                options.seed());
        Set<ByteBuffer> sequences =
                measured.stream().map(ProteinSets::residues).collect(Collectors.toCollection(HashSet::new));
        List<LabelledProtein> fitted = cropped(training, options.maxResidues(), "training", findings);
        List<LabelledProtein> others = fitted.stream()
                .filter(protein -> !sequences.contains(residues(protein)))
                .toList();
        int same = fitted.size() - others.size();
        if (same > 0) {
            findings.add(same + " training proteins are left out, their sequences stand in the validation set");
        }
        return new ProteinSets(chosen(others, options.trainingProteins(), options.seed()), measured, findings);
    }

    private static List<LabelledProtein> cropped(
            List<LabelledProtein> proteins, int residues, String set, List<String> findings) {
        List<LabelledProtein> cropped = proteins.stream()
                .map(protein -> protein.cropped(residues))
                .filter(protein -> protein.counted().length > 0)
                .toList();
        if (cropped.size() < proteins.size()) {
            findings.add(proteins.size() - cropped.size() + " " + set
                    + " proteins have no resolved residue among the first " + residues);
        }
        return cropped;
    }

    private static ByteBuffer residues(LabelledProtein protein) {
        return ByteBuffer.wrap(protein.protein().tokens());
    }

    /** So many of the proteins, in their order: each set of that size is as likely as any other. */
    private static List<LabelledProtein> chosen(List<LabelledProtein> proteins, int most, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        List<LabelledProtein> chosen = new ArrayList<>();
        int needed = Math.min(most, proteins.size());
        for (int i = 0; i < proteins.size(); i++) {
            if (random.nextInt(proteins.size() - i) < needed - chosen.size()) {
                chosen.add(proteins.get(i));
            }
        }
        return chosen;
    }
}
