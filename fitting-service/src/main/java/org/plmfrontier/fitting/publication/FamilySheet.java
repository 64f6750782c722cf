package org.plmfrontier.fitting.publication;

import java.util.EnumSet;
import java.util.List;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.live.FamilyFit;
import org.plmfrontier.fitting.live.StudyFit;
import org.plmfrontier.fitting.quantity.Convention;

/**
 * What all methods together say of one family of a study.
 *
 * @param runs runs of the family
 * @param fits one per method
 * @param eventsSeen curve points and final points that entered
 */
public record FamilySheet(String family, int runs, Convention convention, List<FitSheet> fits, long eventsSeen) {

    /** One sheet per family, ascending by name. */
    public static List<FamilySheet> of(StudyFit fit) {
        return fit.families().values().stream().map(family -> of(family, fit)).toList();
    }

    private static FamilySheet of(FamilyFit family, StudyFit fit) {
        return new FamilySheet(
                family.family(),
                family.runs().size(),
                family.data().convention(),
                FitSheet.of(family, EnumSet.allOf(Method.class), fit.bootstrap()),
                family.eventsSeen());
    }
}
