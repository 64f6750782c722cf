package org.plmfrontier.dataset.identity;

import java.util.Objects;
import org.plmfrontier.dataset.refusal.RefusedException;

/**
 * Which proteins one protein stands for.
 *
 * @param identity least share of equal residues in the alignment of a member with its representative, above 0 to 1
 * @param coverage least share of both proteins that the alignment covers, 0 to 1
 * @param method how members are found
 */
public record Clustering(double identity, double coverage, Method method) {
    /** How members are found. */
    public enum Method {
        /** MMseqs2's cascade of searches: also finds members far below half identity. */
        CLUSTER,
        /** MMseqs2's linear-time clustering: for identities from about half on. */
        LINCLUST
    }

    public Clustering {
        require("identity", identity > 0 && identity <= 1, "must lie in (0, 1], got " + identity);
        require("coverage", coverage >= 0 && coverage <= 1, "must lie in [0, 1], got " + coverage);
        Objects.requireNonNull(method, "method");
    }

    private static void require(String field, boolean holds, String rule) {
        if (!holds) {
            throw new RefusedException("cluster." + field, field + " " + rule);
        }
    }
}
