package org.plmfrontier.trainer.likelihood;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.masking.HeldOutMasks;
import org.plmfrontier.contracts.masking.MaskedRecord;
import org.plmfrontier.contracts.masking.Shown;
import org.plmfrontier.contracts.token.Vocabulary;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.masking.NextToken;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.protein.ProteinFasta;

/**
 * Perplexity of a set of proteins, the protocol of Serrano et al. 2024: exp of the mean masked loss over all of them and several
 * maskings ({@link Maskings}). {@code maskPerplexity} is over the residues that show MASK; the others can partly be read off.
 * {@code pseudoPerplexity} is of a sample. A causal family has the perplexity of every next token, END included, and no maskings.
 * Intervals are by resampling the proteins. Data: {@code proteins}, FASTA. Options: {@code maskings}, {@code proteins},
 * {@code pseudoSequences}, {@code context}, {@code seed}.
 */
public final class Perplexity implements DownstreamEvaluation {
    private final LikelihoodOptions options;
    private final List<byte[]> sequences;
    private final Maskings maskings;
    private final int[] pseudo;
    private final List<String> findings;
    private final Map<String, List<Measure>> baselines;

    private Perplexity(LikelihoodOptions options, ProteinSample sample, List<String> findings) {
        this.options = options;
        this.sequences = sample.sequences();
        this.maskings = new Maskings(sequences, options.seed());
        this.pseudo = sample.pseudo(options);
        this.findings = List.copyOf(findings);
        this.baselines = Map.of("residue frequencies", frequencies());
    }

    /**
     * Reads proteins and options.
     *
     * @throws UnusableDataException where no protein can be used, with file and reason
     */
    public static Perplexity read(EvaluationSpec spec, EvaluationFiles files)
            throws IOException, UnusableDataException {
        LikelihoodOptions options = LikelihoodOptions.of(spec);
        List<Protein> proteins = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (EvaluationData file : spec.data("proteins")) {
            ProteinFasta fasta = ProteinFasta.read(files.of(file), file.name());
            proteins.addAll(fasta.proteins());
            findings.addAll(fasta.findings());
        }
        if (proteins.isEmpty()) {
            throw new UnusableDataException("evaluation '" + spec.name() + "' names no file of the role proteins");
        }
        ProteinSample sample = ProteinSample.of(proteins, options);
        findings.addAll(sample.findings());
        return new Perplexity(options, sample, findings);
    }

    @Override
    public Outcome measure(ProteinModel model) {
        return model.shape().family().masked() ? masked(model) : causal(model);
    }

    @Override
    public Map<String, List<Measure>> baselines() {
        return baselines;
    }

    @Override
    public List<String> findings() {
        return findings;
    }

    private Outcome masked(ProteinModel model) {
        Nats all = new Nats(sequences.size());
        Nats onMask = new Nats(sequences.size());
        double[] each = new double[options.maskings()];
        for (int masking = 0; masking < each.length; masking++) {
            Nats nats = new Nats(sequences.size());
            Reading.of(model, maskings.of(masking), (sequence, shown, loss) -> {
                nats.add(sequence, loss);
                if (shown == Shown.MASK) {
                    onMask.add(sequence, loss);
                }
            });
            each[masking] = nats.perplexity();
            all.add(nats);
        }
        Nats alone = new Nats(sequences.size());
        for (int i : pseudo) {
            for (double nats : PseudoLikelihood.nats(model, sequences.get(i))) {
                alone.add(i, nats);
            }
        }
        List<Measure> measures = measures(all, onMask, alone);
        List<String> said = new ArrayList<>(requireNumber(all));
        if (each.length > 1 && said.isEmpty()) {
            said.add(String.format(
                    Locale.ROOT,
                    "the %d maskings gave perplexities with a standard deviation of %.2g",
                    each.length,
                    standardDeviation(each)));
        }
        return new Outcome(measures, said);
    }

    private Outcome causal(ProteinModel model) {
        NextToken objective = new NextToken();
        List<MaskedRecord> records = sequences.stream()
                .map(sequence -> objective.mask(Maskings.alone(sequence), 0))
                .toList();
        Nats nats = new Nats(sequences.size());
        Reading.of(model, records, (sequence, shown, loss) -> nats.add(sequence, loss));
        List<String> said = new ArrayList<>(requireNumber(nats));
        said.add("a causal model: the perplexity is of every next token, END included, without maskings; it does not"
                + " compare with that of a masked model");
        return new Outcome(nats.measure("perplexity", options.seed()).stream().toList(), said);
    }

    /** Of the residues' frequencies, under the same masks. */
    private List<Measure> frequencies() {
        ResidueFrequencies known = new ResidueFrequencies(sequences);
        Nats all = new Nats(sequences.size());
        Nats onMask = new Nats(sequences.size());
        for (int masking = 0; masking < options.maskings(); masking++) {
            List<MaskedRecord> records = maskings.of(masking);
            for (int i = 0; i < records.size(); i++) {
                MaskedRecord record = records.get(i);
                for (int j = 0; j < record.targets().length; j++) {
                    int shown = record.input()[record.selected()[j]];
                    double nats = known.nats(shown, record.targets()[j], HeldOutMasks.SHARES);
                    all.add(i, nats);
                    if (Shown.of(shown, record.targets()[j]) == Shown.MASK) {
                        onMask.add(i, nats);
                    }
                }
            }
        }
        Nats alone = new Nats(sequences.size());
        for (int i : pseudo) {
            for (byte token : sequences.get(i)) {
                if (Vocabulary.isResidue(token)) {
                    alone.add(i, known.nats(token));
                }
            }
        }
        return measures(all, onMask, alone);
    }

    private List<Measure> measures(Nats all, Nats onMask, Nats alone) {
        return Stream.of(
                        all.measure("perplexity", options.seed()),
                        onMask.measure("maskPerplexity", options.seed()),
                        alone.measure("pseudoPerplexity", options.seed()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<String> requireNumber(Nats nats) {
        return Double.isFinite(nats.perplexity()) ? List.of() : List.of("the model's loss is no number");
    }

    private static double standardDeviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1));
    }
}
