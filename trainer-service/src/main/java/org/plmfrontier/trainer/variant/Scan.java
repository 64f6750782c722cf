package org.plmfrontier.trainer.variant;

import java.util.List;
import org.plmfrontier.trainer.protein.Protein;

/**
 * A deep mutational scan: variants of a protein and what an assay measured of each.
 *
 * @param name of the scan
 * @param scores of the variants, higher is fitter
 * @param labels of the variants: 1 fit, 0 not, -1 without a label
 * @param findings what of its file is set apart, in sentences
 */
record Scan(
        String name, Protein wildType, List<Variant> variants, double[] scores, byte[] labels, List<String> findings) {
    Scan {
        variants = List.copyOf(variants);
        findings = List.copyOf(findings);
        if (variants.size() != scores.length || variants.size() != labels.length || variants.isEmpty()) {
            throw new IllegalArgumentException("scan '" + name + "' has " + variants.size() + " variants, "
                    + scores.length + " scores and " + labels.length + " labels");
        }
    }
}
