package org.plmfrontier.trainer.contact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.protein.ProteinFasta;

/** Reads the proteins of an evaluation and their contacts, gathering what is set apart. Not thread-safe. */
final class ContactData {
    private static final int NAMED = 5;

    private final EvaluationSpec spec;
    private final EvaluationFiles files;
    private final ContactOptions options;
    private final List<String> findings = new ArrayList<>();

    ContactData(EvaluationSpec spec, EvaluationFiles files, ContactOptions options) {
        this.spec = spec;
        this.files = files;
        this.options = options;
    }

    List<String> findings() {
        return findings;
    }

    /**
     * Proteins of structures and of FASTA files with tables of contacts.
     *
     * @param structures role of the files in PDB format or mmCIF, a protein each
     * @param proteins role of the FASTA files
     * @param contacts role of the tables that belong to them
     * @throws IOException where a file cannot be had
     * @throws UnusableDataException where there is no protein that can be used
     */
    List<ContactProtein> read(String structures, String proteins, String contacts)
            throws IOException, UnusableDataException {
        List<ContactProtein> all = new ArrayList<>();
        for (EvaluationData file : spec.data(structures)) {
            try {
                all.add(StructureContacts.read(files.of(file), file.name(), options.chain()));
            } catch (UnusableDataException e) {
                findings.add("structure set apart: " + e.getMessage());
            }
        }
        all.addAll(listed(proteins, contacts));
        List<ContactProtein> kept = notTooLong(all);
        if (kept.isEmpty()) {
            throw new UnusableDataException("evaluation '" + spec.name()
                    + "' has no protein that can be used in the roles "
                    + structures + " (PDB or mmCIF) or " + proteins + " with " + contacts + " (FASTA and a table)"
                    + (findings.isEmpty() ? "" : ": " + String.join("; ", findings)));
        }
        return kept;
    }

    private List<ContactProtein> listed(String proteins, String contacts) throws IOException, UnusableDataException {
        Map<String, Protein> byName = new LinkedHashMap<>();
        for (EvaluationData file : spec.data(proteins)) {
            ProteinFasta fasta = ProteinFasta.read(files.of(file), file.name());
            findings.addAll(fasta.findings());
            for (Protein protein : fasta.proteins()) {
                if (byName.putIfAbsent(protein.name(), protein) != null) {
                    findings.add(file.name() + ": protein '" + protein.name() + "' comes again, the first one is used");
                }
            }
        }
        Map<String, Integer> lengths = new HashMap<>();
        byName.forEach((name, protein) -> lengths.put(name, protein.length()));
        Map<String, BitSet> pairs = new HashMap<>();
        for (EvaluationData file : spec.data(contacts)) {
            findings.addAll(ContactTable.read(files.of(file), file.name(), lengths, pairs));
        }
        List<ContactProtein> found = new ArrayList<>();
        List<String> without = new ArrayList<>();
        byName.forEach((name, protein) -> {
            BitSet own = pairs.get(name);
            if (own == null) {
                without.add(name);
            } else {
                BitSet known = new BitSet();
                known.set(0, protein.length());
                int[] numbers = IntStream.range(0, protein.length()).toArray();
                found.add(new ContactProtein(protein, numbers, known, own));
            }
        });
        setApart(without, "no contact of theirs is listed");
        return found;
    }

    private List<ContactProtein> notTooLong(List<ContactProtein> proteins) {
        List<ContactProtein> kept = proteins.stream()
                .filter(one -> one.length() <= options.maxLength())
                .toList();
        List<String> tooLong = proteins.stream()
                .filter(one -> one.length() > options.maxLength())
                .map(one -> one.protein().name() + " of " + one.length())
                .toList();
        setApart(tooLong, "longer than " + options.maxLength() + " residues (option maxLength)");
        return kept;
    }

    private void setApart(List<String> names, String reason) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMED ? ", ..." : "";
            String some = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
            findings.add(names.size() + " proteins set apart, " + reason + ": " + some + more);
        }
    }
}
