package org.plmfrontier.trainer.variant;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.plmfrontier.contracts.evaluation.EvaluationData;
import org.plmfrontier.contracts.evaluation.EvaluationSpec;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.trainer.downstream.DownstreamEvaluation;
import org.plmfrontier.trainer.downstream.EvaluationFiles;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.ProteinModel;

/**
 * Zero-shot prediction of variant effects (Meier et al. 2021; Notin et al. 2023): how far a model's scores of variants order them
 * as a deep mutational scan did. Data: {@code scores}, one CSV a scan; {@code wildType}, FASTA; optionally {@code reference}, which
 * is ProteinGym's. Options: {@code scoring}, {@code offset}, {@code context}, {@code seed}. Metrics: see {@link ScanMetrics}.
 */
public final class VariantEffect implements DownstreamEvaluation {
    private final VariantOptions options;
    private final List<Scan> scans;
    private final ScanMetrics metrics;
    private final List<String> findings;
    private final Map<String, List<Measure>> baselines;

    private VariantEffect(VariantOptions options, List<Scan> scans, ScanMetrics metrics, List<String> findings) {
        this.options = options;
        this.scans = List.copyOf(scans);
        this.metrics = metrics;
        this.findings = List.copyOf(findings);
        double[][] blosum = scans.stream()
                .map(scan ->
                        scan.variants().stream().mapToDouble(Blosum62::score).toArray())
                .toArray(double[][]::new);
        this.baselines = Map.of("BLOSUM62", metrics.of(blosum));
    }

    /**
     * Reads scans, wild types and options.
     *
     * @throws UnusableDataException where nothing could be measured, with file and reason
     */
    public static VariantEffect read(EvaluationSpec spec, EvaluationFiles files)
            throws IOException, UnusableDataException {
        VariantOptions options = VariantOptions.of(spec);
        List<EvaluationData> tables = spec.data("scores");
        if (tables.isEmpty()) {
            throw new UnusableDataException("evaluation '" + spec.name() + "' names no file of the role scores");
        }
        References references = References.none();
        for (EvaluationData file : spec.data("reference")) {
            references = References.read(files.of(file), file.name());
        }
        WildTypes wildTypes = WildTypes.read(spec, files, references);
        List<String> findings = new ArrayList<>(wildTypes.findings());
        List<Scan> scans = scans(tables, files, wildTypes, options, findings);
        ScanMean mean = ScanMean.of(scans, references);
        for (int i = 0; i < scans.size(); i++) {
            Scan scan = scans.get(i);
            findings.addAll(scan.findings());
            if (mean.groups().get(i).isEmpty()) {
                findings.add("scan '" + scan.name() + "' is not in the reference file and does not count in the mean");
            }
            if (Arrays.stream(scan.scores()).distinct().count() == 1) {
                findings.add("scan '" + scan.name() + "' has one distinct score only: no order to predict");
            } else if (scan.scores().length < 3) {
                findings.add("scan '" + scan.name() + "' has " + scan.scores().length + " variants: too few");
            }
        }
        return new VariantEffect(options, scans, new ScanMetrics(scans, mean, options.seed()), findings);
    }

    /** A scan that cannot be used is a finding as long as another can. */
    private static List<Scan> scans(
            List<EvaluationData> tables,
            EvaluationFiles files,
            WildTypes wildTypes,
            VariantOptions options,
            List<String> findings)
            throws IOException, UnusableDataException {
        List<Scan> scans = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (EvaluationData table : tables) {
            String name = WildTypes.name(table.name());
            try {
                if (!names.add(name)) {
                    throw new UnusableDataException("two scans are named '" + name + "'; rename one");
                }
                scans.add(ScanReader.read(
                        files.of(table), table.name(), name, wildTypes.of(name, tables.size() == 1), options.offset()));
            } catch (UnusableDataException e) {
                findings.add(String.valueOf(e.getMessage()));
            }
        }
        if (scans.isEmpty()) {
            throw new UnusableDataException(String.join("; ", findings));
        }
        return scans;
    }

    @Override
    public Outcome measure(ProteinModel model) {
        Scoring scoring =
                options.scoring().orElseGet(() -> Scoring.usual(model.shape().family()));
        if (!scoring.suits(model.shape().family())) {
            return new Outcome(
                    List.of(),
                    List.of("scoring " + scoring.label() + " needs a "
                            + (model.shape().family().masked() ? "causal" : "masked") + " family, this model is of "
                            + model.shape().family()));
        }
        List<String> said = new ArrayList<>(List.of("scored by " + scoring.label()));
        double[][] scores = new double[scans.size()][];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = new VariantScores(options.context()).of(model, scans.get(i), scoring);
            long without = Arrays.stream(scores[i])
                    .filter(score -> !Double.isFinite(score))
                    .count();
            if (without > 0) {
                said.add("scan '" + scans.get(i).name() + "': " + without + " variants have no score: "
                        + (scoring == Scoring.LIKELIHOOD
                                ? "their substitutions lie further apart than the context, or the model gives no number"
                                : "the model gives no number"));
            } else if (Arrays.stream(scores[i]).distinct().count() == 1) {
                said.add("scan '" + scans.get(i).name() + "': the model scores all variants alike");
            }
        }
        return new Outcome(metrics.of(scores), said);
    }

    @Override
    public Map<String, List<Measure>> baselines() {
        return baselines;
    }

    @Override
    public List<String> findings() {
        return findings;
    }
}
