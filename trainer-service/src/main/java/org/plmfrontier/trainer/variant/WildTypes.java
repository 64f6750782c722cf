package org.plmfrontier.trainer.variant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.protein.ProteinFasta;
import org.plmfrontier.trainer.protein.TextFile;

/**
 * The proteins that scans are of. One scan and one protein belong together; of several, a scan belongs to the record of its name,
 * or to the only record of the file of its name. What no FASTA has is taken from the reference file.
 */
final class WildTypes {
    private final Map<String, Protein> byName = new TreeMap<>();
    private final List<Protein> all = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final References references;

    private WildTypes(References references) {
        this.references = references;
    }

    static WildTypes read(EvaluationSpec spec, EvaluationFiles files, References references)
            throws IOException, UnusableDataException {
        WildTypes wildTypes = new WildTypes(references);
        for (EvaluationData file : spec.data("wildType")) {
            ProteinFasta fasta = ProteinFasta.read(files.of(file), file.name());
            wildTypes.findings.addAll(fasta.findings());
            wildTypes.all.addAll(fasta.proteins());
            if (fasta.proteins().size() == 1) {
                wildTypes.byName.putIfAbsent(name(file.name()), fasta.proteins().getFirst());
            }
            fasta.proteins().forEach(protein -> wildTypes.byName.putIfAbsent(protein.name(), protein));
        }
        return wildTypes;
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    /**
     * The protein of a scan.
     *
     * @param onlyOne whether there is no other scan
     * @throws UnusableDataException where there is none, with the names that there are
     */
    Protein of(String scan, boolean onlyOne) throws UnusableDataException {
        Protein named = byName.get(scan);
        if (named != null) {
            return named;
        }
        if (onlyOne && all.size() == 1) {
            return all.getFirst();
        }
        Optional<String> letters =
                references.of(scan).map(References.Entry::wildType).filter(text -> !text.isEmpty());
        if (letters.isEmpty()) {
            String known = byName.isEmpty() ? "there is none" : "known are " + byName.keySet();
            throw new UnusableDataException("scan '" + scan + "' has no wild type: " + known
                    + "; name a FASTA file as the scan, or a record in it");
        }
        try {
            return Protein.of(scan, letters.get());
        } catch (IllegalArgumentException e) {
            throw new UnusableDataException("target_seq of scan '" + scan + "' is no protein: " + e.getMessage());
        }
    }

    /** The scan that a file's name speaks of: {@code A.csv.gz} and {@code A.wt.fasta} both of A. */
    static String name(String file) {
        String stem = TextFile.stem(file);
        return stem.endsWith(".wt") ? stem.substring(0, stem.length() - 3) : stem;
    }
}
