package org.plmfrontier.trainer.structure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.regression.GroupedFit;
import org.plmfrontier.trainer.regression.LinearClassifier;

/**
 * Three-state secondary structure by a linear probe on frozen hidden states: {@code q3} is the share of residues predicted right
 * (Rost and Sander 1993), {@code q3PerProtein} the mean of the proteins' shares, {@code f1C}, {@code f1E}, {@code f1H} those of
 * each state. Only resolved residues count. Immutable; thread-safe.
 */
public final class SecondaryStructure implements DownstreamEvaluation {
    /** Features of the training proteins that are held at once; a quarter of the heap that a trainer of 4 GiB has. */
    private static final long FEATURE_BYTES = 1L << 28;

    private final ProteinSets proteins;
    private final StructureOptions options;
    private final List<String> findings;

    SecondaryStructure(ProteinSets proteins, StructureOptions options, List<String> findings)
            throws UnusableDataException {
        if (proteins.training().isEmpty() || proteins.validation().isEmpty()) {
            throw new UnusableDataException("secondary structure needs a training and a validation protein, there are "
                    + proteins.training().size() + " and "
                    + proteins.validation().size());
        }
        this.proteins = proteins;
        this.options = options;
        this.findings = List.copyOf(findings);
    }

    /**
     * Reads the files of the roles {@code training} and {@code validation}.
     *
     * @throws IOException where a file cannot be had
     * @throws UnusableDataException where an option or the data cannot be used
     */
    public static SecondaryStructure of(EvaluationSpec spec, EvaluationFiles files)
            throws IOException, UnusableDataException {
        StructureOptions options = StructureOptions.of(spec);
        List<String> findings = new ArrayList<>();
        List<LabelledProtein> training = read(spec, "training", files, findings);
        List<LabelledProtein> validation = read(spec, "validation", files, findings);
        ProteinSets sets = ProteinSets.of(training, validation, options);
        findings.addAll(sets.findings());
        return new SecondaryStructure(sets, options, findings);
    }

    private static List<LabelledProtein> read(
            EvaluationSpec spec, String role, EvaluationFiles files, List<String> findings)
            throws IOException, UnusableDataException {
        List<LabelledProtein> proteins = new ArrayList<>();
        for (EvaluationData file : spec.data(role)) {
            StructureTable table = StructureTable.read(files.of(file), file.name());
            proteins.addAll(table.proteins());
            findings.addAll(table.findings());
        }
        if (proteins.isEmpty()) {
            throw new UnusableDataException("evaluation '" + spec.name() + "' has no file of the role " + role
                    + ": SECONDARY_STRUCTURE needs training and validation");
        }
        return proteins;
    }

    @Override
    public Outcome measure(ProteinModel model) {
        int last = model.shape().layers();
        int[] layers = options.layers().of(last);
        if (layers[0] > last) {
            return new Outcome(
                    List.of(), List.of("layer " + layers[0] + " was asked for, the model has the layers 0 to " + last));
        }
        int width = widest(model, layers);
        List<LabelledProtein> training = fitting(width);
        List<String> notes = new ArrayList<>();
        if (training.size() < proteins.training().size()) {
            notes.add("the probe was fitted to " + training.size() + " of "
                    + proteins.training().size() + " training proteins: " + width
                    + " channels of more residues need over "
                    + (FEATURE_BYTES >> 20) + " MiB");
        }
        int together = (int) Math.clamp(FEATURE_BYTES / bytes(training, width), 1, layers.length);
        List<Measure> measures = new ArrayList<>();
        try {
            for (int from = 0; from < layers.length; from += together) {
                int[] group = Arrays.copyOfRange(layers, from, Math.min(layers.length, from + together));
                measures.addAll(measure(new HiddenStates(model, group), group, training));
            }
        } catch (ArithmeticException e) {
            notes.add("the model's hidden states are no finite numbers: " + e.getMessage());
        }
        return new Outcome(measures, notes);
    }

    private List<Measure> measure(HiddenStates states, int[] layers, List<LabelledProtein> training) {
        List<List<Confusion>> counts = counts(states, training);
        List<Measure> measures = new ArrayList<>();
        for (int i = 0; i < layers.length; i++) {
            measures.addAll(StructureMeasures.of(counts.get(i), options.layers().subject(layers[i]), options.seed()));
        }
        return measures;
    }

    private List<List<Confusion>> counts(ResidueFeatures features, List<LabelledProtein> training) {
        List<LinearClassifier> classifiers =
                new Probe(new GroupedFit(options.lambda(), options.seed())).fit(features, training);
        return Probe.predict(features, classifiers, proteins.validation());
    }

    /** The most frequent state of the training residues, and a probe on amino acids up to 7 before and behind a residue. */
    @Override
    public Map<String, List<Measure>> baselines() {
        int[] frequencies = new int[LabelledProtein.LETTERS.length()];
        for (LabelledProtein protein : proteins.training()) {
            for (byte state : protein.counted()) {
                frequencies[state]++;
            }
        }
        int most = IntStream.range(0, frequencies.length)
                .reduce(0, (best, state) -> frequencies[state] > frequencies[best] ? state : best);
        List<Confusion> constant = proteins.validation().stream()
                .map(LabelledProtein::counted)
                .map(states -> {
                    int[] predicted = new int[states.length];
                    Arrays.fill(predicted, most);
                    return Confusion.of(states, predicted);
                })
                .toList();
        Map<String, List<Measure>> baselines = new LinkedHashMap<>();
        baselines.put("majority class", StructureMeasures.of(constant, "", options.seed()));
        List<Confusion> window =
                counts(new AminoAcidWindow(), fitting(AminoAcidWindow.SIZE)).getFirst();
        baselines.put("amino-acid window", StructureMeasures.of(window, "", options.seed()));
        return baselines;
    }

    @Override
    public List<String> findings() {
        return findings;
    }

    /** Training proteins from the first on, as many as can be held in a width. */
    private List<LabelledProtein> fitting(int width) {
        int size = proteins.training().size();
        while (size > 1 && bytes(proteins.training().subList(0, size), width) > FEATURE_BYTES) {
            size--;
        }
        return proteins.training().subList(0, size);
    }

    private static long bytes(List<LabelledProtein> training, int width) {
        return training.stream().mapToLong(protein -> protein.counted().length).sum() * width * Float.BYTES;
    }

    /** Channels of the widest layer. */
    private int widest(ProteinModel model, int[] layers) {
        int[] width = new int[1];
        new HiddenStates(model, layers).of(proteins.training().subList(0, 1), (number, states) -> {
            for (float[][] layer : states) {
                width[0] = Math.max(width[0], layer[0].length);
            }
        });
        return width[0];
    }
}
