package org.plmfrontier.trainer.huggingface;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.contracts.corpus.CorpusRef;
import org.plmfrontier.contracts.corpus.HeldOutSet;
import org.plmfrontier.contracts.job.RunSpec;
import org.plmfrontier.contracts.model.Family;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;
import org.plmfrontier.contracts.recipe.Recipe;
import org.plmfrontier.trainer.checkpoint.RunFacts;
import org.plmfrontier.trainer.checkpoint.RunProgress;
import org.plmfrontier.trainer.family.Networks;

/**
 * {@code README.md} of an exported model: what it is, what it was trained on, what it cost and how good it is.
 *
 * @param origin what is known of the weights with which the run began; null where they were drawn or nothing is known
 */
record ModelCard(
        RunFacts facts,
        RunProgress progress,
        String software,
        @Nullable String origin) {
    ModelCard {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(software, "software");
    }

    String text() {
        RunSpec run = facts.run();
        return """
                ---
                library_name: %s
                tags: [protein, %s]
                ---
                # %s, run %s

                A protein language model trained by plm-frontier (%s), study %s, state of step %d written by %s at %s.

                | | |
                |---|---|
                %s%s%s%s
                %s
                %s""".formatted(
                        Networks.layout(run.shape().family()).library(),
                        run.shape().family().masked() ? "fill-mask" : "text-generation",
                        run.name(),
                        run.runId(),
                        software,
                        run.studyId(),
                        progress.step(),
                        facts.trainer(),
                        facts.at(),
                        model(run.shape()),
                        data(run.corpus()),
                        new LossRows(facts).text(),
                        recipe(run.recipe()),
                        notes(run.shape().family()),
                        origin == null ? "" : "\n" + origin.replaceFirst("^# ", "## "))
                .replaceAll("(?m)[ ]+$", "");
    }

    private static String model(ModelShape shape) {
        ParameterCount count = ParameterCount.of(shape);
        return row("family", shape.family().toString())
                + row(
                        "shape",
                        "layers %d, width %d, feed-forward (or hidden) %d, heads %d%s"
                                .formatted(
                                        shape.layers(),
                                        shape.dModel(),
                                        shape.ffnSize(),
                                        shape.heads(),
                                        shape.normalisesQueriesAndKeys() ? ", queries and keys normalised" : ""))
                + row("N, as Serrano et al. 2024, Table 6 count", whole(count.table6()))
                + row("N, every trained number", whole(count.exact()))
                + row("N, without embedding and output matrix", whole(count.nonEmbedding()));
    }

    private String data(CorpusRef corpus) {
        double epochs = (double) progress.position() / corpus.records();
        HeldOutSet common = corpus.heldOut();
        return row("corpus", corpus.id() + " (hash of its sources and options)")
                + (common == null
                        ? ""
                        : row("held-out set", common.sha256() + " (digest; other corpora may have it too)"))
                + row("D, tokens seen", whole(progress.tokens()))
                + row("D, unique tokens", whole(Math.min(progress.tokens(), corpus.tokens())))
                + row("epochs", String.format(Locale.ROOT, "%.4f", epochs))
                + row("C, training FLOPs, unpadded (Table 5)", flops(progress.computeFlops()))
                + row("C, training FLOPs as executed, with padding", flops(progress.executedFlops()));
    }

    private String recipe(Recipe recipe) {
        String weights = facts.run().initialWeights();
        return row("initial weights", weights == null ? "drawn from the seed" : "imported, " + weights)
                + row("recipe", recipe.name())
                + row("schedule", recipe.schedule().toString())
                + row("optimizer", recipe.optimizer().toString())
                + row("masking", recipe.masking().toString())
                + row(
                        "step",
                        "%d token-log records, seed %d, precision %s, token dropout %s"
                                .formatted(
                                        recipe.recordsPerStep(),
                                        recipe.seed(),
                                        recipe.precision(),
                                        recipe.tokenDropout()));
    }

    private static String notes(Family family) {
        String vocabulary = "The vocabulary has 29 tokens in an order of its own (vocab.txt);"
                + " START is `<cls>`, END `<eos>`, an unknown letter is X.";
        return vocabulary + " " + Networks.layout(family).loading();
    }

    private static String flops(double count) {
        return String.format(Locale.ROOT, "%.6g", count);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A row of a table of two columns. */
    static String row(String name, String value) {
        return "| " + name + " | " + value + " |\n";
    }
}
