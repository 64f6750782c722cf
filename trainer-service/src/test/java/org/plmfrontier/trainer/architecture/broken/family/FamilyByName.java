package org.plmfrontier.trainer.architecture.broken.family;

import org.plmfrontier.contracts.model.Family;

/** Breaks the rule that a family's properties are questions to its architecture. */
final class FamilyByName {
    private FamilyByName() {}

    static boolean tokenDropout(Family family) {
        return family == Family.ESM2;
    }
}
