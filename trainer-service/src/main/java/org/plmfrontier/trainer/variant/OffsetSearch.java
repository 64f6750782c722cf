package org.plmfrontier.trainer.variant;

import java.util.OptionalInt;
import java.util.Set;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.protein.Protein;

/** Finds how the numbers of a scan count where they do not count from the first residue. */
final class OffsetSearch {
    /** Fewer sites fit somewhere by chance. */
    private static final int FEWEST_SITES = 5;

    private static final double FITS = 0.95;

    private OffsetSearch() {}

    /** The one offset under which nearly all wild-type letters fit; empty where there is none or several. */
    static OptionalInt fitting(Protein wildType, Set<VariantNames.Site> distinct) {
        if (distinct.size() < FEWEST_SITES) {
            return OptionalInt.empty();
        }
        int lowest = distinct.stream().mapToInt(VariantNames.Site::number).min().orElseThrow();
        int highest =
                distinct.stream().mapToInt(VariantNames.Site::number).max().orElseThrow();
        int found = 0;
        int offset = 0;
        for (int tried = lowest - wildType.length(); tried < highest; tried++) {
            if (matches(wildType, distinct, tried) >= FITS * distinct.size()) {
                found++;
                offset = tried;
            }
        }
        return found == 1 ? OptionalInt.of(offset) : OptionalInt.empty();
    }

    private static long matches(Protein wildType, Set<VariantNames.Site> sites, int offset) {
        long misses = 0;
        for (VariantNames.Site site : sites) {
            int position = site.number() - offset;
            boolean fits = position >= 1
                    && position <= wildType.length()
                    && wildType.tokens()[position] == Vocabulary.idOf(site.letter());
            misses += fits ? 0 : 1;
            if (misses > (1 - FITS) * sites.size()) {
                return 0;
            }
        }
        return sites.size() - misses;
    }
}
