package org.plmfrontier.dataset.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.plmfrontier.contracts.topic.TokenLogAudit;
import org.plmfrontier.dataset.corpus.CorpusManifest;

/**
 * What the logs of a corpus hold, against what its manifest says.
 *
 * @param sound whether there is neither a defect nor a disagreement
 * @param disagreements where the manifest says something else than the logs hold
 */
public record Verification(
        String corpus,
        boolean sound,
        TokenLogAudit.Report training,
        TokenLogAudit.Report heldOut,
        List<String> disagreements) {
    public Verification {
        disagreements = List.copyOf(disagreements);
    }

    static Verification of(CorpusManifest manifest, TokenLogAudit.Report training, TokenLogAudit.Report heldOut) {
        List<String> disagreements = new ArrayList<>();
        compare("records", manifest.records(), training.records(), disagreements);
        compare("tokens", manifest.tokens(), training.tokens(), disagreements);
        compare("heldOutRecords", manifest.heldOutRecords(), heldOut.records(), disagreements);
        compare("heldOutTokens", manifest.heldOutTokens(), heldOut.tokens(), disagreements);
        if (manifest.logs() != null) {
            compare("logs.sha256", manifest.logs().sha256(), training.sha256(), disagreements);
            compare("logs.heldOutSha256", manifest.logs().heldOutSha256(), heldOut.sha256(), disagreements);
        }
        boolean sound = training.sound() && heldOut.sound() && disagreements.isEmpty();
        return new Verification(manifest.id(), sound, training, heldOut, disagreements);
    }

    /** @throws IOException where the held-out log is not what the manifest says, saying in what */
    static void requireHeldOut(CorpusManifest manifest, TokenLogAudit.Report heldOut) throws IOException {
        List<String> wrong = new ArrayList<>(heldOut.defects());
        compare("heldOutRecords", manifest.heldOutRecords(), heldOut.records(), wrong);
        if (manifest.logs() != null) {
            compare("logs.heldOutSha256", manifest.logs().heldOutSha256(), heldOut.sha256(), wrong);
        }
        if (!wrong.isEmpty()) {
            throw new IOException("the held-out log of corpus " + manifest.id() + " is damaged: "
                    + String.join("; ", wrong) + "; POST /corpora/" + manifest.id()
                    + "/repair writes it again (./frontier repair)");
        }
    }

    private static void compare(String field, Object wanted, Object found, List<String> disagreements) {
        if (!wanted.equals(found)) {
            disagreements.add(field + ": the manifest says " + wanted + ", the log holds " + found);
        }
    }
}
