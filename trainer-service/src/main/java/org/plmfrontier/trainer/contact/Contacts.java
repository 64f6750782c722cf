package org.plmfrontier.trainer.contact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.regression.GroupedFit;
import org.plmfrontier.trainer.regression.LabelledRows;

/**
 * Contacts by a logistic regression on attention maps (Rao et al. 2020): precision of the best predictions of a range, where long
 * is 24 residues apart or more, medium 12 to 23, short 6 to 11. Immutable; thread-safe.
 */
public final class Contacts implements DownstreamEvaluation {
    private final List<ContactProtein> training;
    private final List<ContactProtein> proteins;
    private final ContactOptions options;
    private final List<String> findings;

    Contacts(
            List<ContactProtein> training, List<ContactProtein> proteins, ContactOptions options, List<String> findings)
            throws UnusableDataException {
        List<String> all = new ArrayList<>(findings);
        Set<ByteBuffer> measured = new HashSet<>();
        proteins.forEach(protein -> measured.add(residues(protein)));
        List<ContactProtein> others = training.stream()
                .filter(protein -> !measured.contains(residues(protein)))
                .toList();
        if (others.size() < training.size()) {
            all.add(training.size() - others.size()
                    + " training proteins are left out, they are among those that are measured");
        }
        this.training = others.subList(0, Math.min(others.size(), options.trainingProteins()));
        this.proteins = List.copyOf(proteins);
        this.options = options;
        this.findings = List.copyOf(all);
        requireBothClasses();
    }

    /**
     * Reads the files: role {@code structures} (PDB or mmCIF), or {@code proteins} (FASTA) with {@code contacts} (tables); to
     * fit, {@code trainingStructures}, or {@code trainingProteins} with {@code trainingContacts}.
     *
     * @throws IOException where a file cannot be had
     * @throws UnusableDataException where an option or the data cannot be used
     */
    public static Contacts of(EvaluationSpec spec, EvaluationFiles files) throws IOException, UnusableDataException {
        ContactOptions options = ContactOptions.of(spec);
        ContactData data = new ContactData(spec, files, options);
        List<ContactProtein> training = data.read("trainingStructures", "trainingProteins", "trainingContacts");
        List<ContactProtein> proteins = data.read("structures", "proteins", "contacts");
        return new Contacts(training, proteins, options, data.findings());
    }

    private static ByteBuffer residues(ContactProtein protein) {
        return ByteBuffer.wrap(protein.protein().tokens());
    }

    private void requireBothClasses() throws UnusableDataException {
        long pairs = training.stream().mapToLong(TrainingPairs::counted).sum();
        long contacts = training.stream().mapToLong(Contacts::contacts).sum();
        if (contacts == 0 || contacts == pairs) {
            throw new UnusableDataException(
                    "the regression needs pairs in contact and pairs that are not, 6 residues apart"
                            + " or more; the " + training.size() + " training proteins have " + contacts
                            + " contacts among "
                            + pairs + " pairs");
        }
    }

    private static long contacts(ContactProtein protein) {
        int length = protein.length();
        return protein.contacts().stream()
                .filter(pair -> protein.counts(pair / length, pair % length))
                .count();
    }

    @Override
    public Outcome measure(ProteinModel model) {
        if (!model.attends()) {
            return new Outcome(List.of(), List.of("the model has no attention maps, its layers do not attend"));
        }
        List<String> notes = new ArrayList<>();
        int features = model.shape().layers() * model.shape().heads();
        TrainingPairs pairs = TrainingPairs.of(training, features, options.seed());
        if (pairs.share() < 1) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the regression was fitted to %.1f %% of the training pairs: %d features of all need too much memory",
                    100 * pairs.share(),
                    features));
        }
        try {
            List<LabelledRows> rows = pairs.rows(model);
            ContactRegression regression =
                    ContactRegression.of(new GroupedFit(options.lambda(), options.seed()).of(rows));
            ContactMeasures measures = new ContactMeasures(options.seed());
            for (ContactProtein protein : proteins) {
                measures.add(regression.scores(model, protein));
            }
            return new Outcome(measures.measures(), notes);
        } catch (ArithmeticException e) {
            notes.add("the model's attention maps are no finite numbers: " + e.getMessage());
            return new Outcome(List.of(), notes);
        }
    }

    /** Residues near in the sequence touch more often than others: the nearest of each range first. */
    @Override
    public Map<String, List<Measure>> baselines() {
        ContactMeasures measures = new ContactMeasures(options.seed());
        for (ContactProtein protein : proteins) {
            int length = protein.length();
            double[] scores = new double[length * length];
            for (int pair = 0; pair < scores.length; pair++) {
                scores[pair] = protein.numbers()[pair / length] - protein.numbers()[pair % length];
            }
            measures.add(new PairScores(protein, scores));
        }
        return Map.of("smallest separation", measures.measures());
    }

    @Override
    public List<String> findings() {
        return findings;
    }
}
