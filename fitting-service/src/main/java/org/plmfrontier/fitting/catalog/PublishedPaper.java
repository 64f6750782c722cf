package org.plmfrontier.fitting.catalog;

import java.util.List;
import org.plmfrontier.fitting.catalog.PublishedResult.Coefficient;
import org.plmfrontier.fitting.catalog.PublishedResult.CountedFlops;
import org.plmfrontier.fitting.catalog.PublishedResult.CountedParameters;
import org.plmfrontier.fitting.catalog.PublishedResult.HeldOutPerplexity;
import org.plmfrontier.fitting.catalog.PublishedResult.PlateauLevel;
import org.plmfrontier.fitting.catalog.PublishedResult.PlateauLine;
import org.plmfrontier.fitting.catalog.PublishedResult.PlateauSize;
import org.plmfrontier.fitting.catalog.PublishedResult.Shapes;
import org.plmfrontier.fitting.catalog.PublishedResult.SizeExponent;
import org.plmfrontier.fitting.catalog.PublishedResult.TokenBudgets;
import org.plmfrontier.fitting.catalog.PublishedResult.TokensExponent;

/**
 * A published study of scaling.
 *
 * @param name short, as presets are named
 * @param title for people
 * @param objective whose models it is about
 * @param results its figures in its order
 * @param caveats what is known to contradict it or what a reader must know, a sentence each
 */
public record PublishedPaper(
        String name, String title, Objective objective, List<PublishedResult> results, List<String> caveats) {
    private static final String A1 = "a1";
    private static final String A2 = "a2";
    private static final String A3 = "a3";
    private static final String KAPLAN = "kaplan";

    /** What models learn to predict. */
    public enum Objective {
        /** Residues that are hidden among visible ones. */
        MASKED,
        /** The next residue. */
        CAUSAL
    }

    public PublishedPaper {
        results = List.copyOf(results);
        caveats = List.copyOf(caveats);
    }

    private static final List<PublishedPaper> ALL = List.of(serrano(), chengMasked(), chengCausal(), chinchilla());

    /** The papers about models of an objective. */
    public static List<PublishedPaper> of(Objective objective) {
        return ALL.stream().filter(paper -> paper.objective == objective).toList();
    }

    private static PublishedResult result(
            String place, String quantity, String published, PublishedResult.Quantity beside) {
        return new PublishedResult(place, quantity, published, beside);
    }

    private static PublishedPaper serrano() {
        return new PublishedPaper(
                "serrano-2024",
                "Serrano, Ciudad, Molina 2024, Are Protein Language Models Compute Optimal?",
                Objective.MASKED,
                List.of(
                        result(
                                "Figures 1 and 2",
                                "loss to which all runs converge, nats",
                                "about 2.4",
                                new PlateauLevel()),
                        result("Section 3.1", "a of N_opt ~ C^a, envelope", "0.27", new SizeExponent(A1)),
                        result("Section 3.1", "b of D_opt ~ C^b, envelope", "0.71", new TokensExponent(A1)),
                        result("Table 1, Eq. 1", "alpha_N", "0.0063", new Coefficient(KAPLAN, "alphaN", false)),
                        result("Table 1, Eq. 1", "alpha_D", "0.0074", new Coefficient(KAPLAN, "alphaD", false)),
                        result("Table 1, Eq. 1", "N_c", "4.85e79", new Coefficient(KAPLAN, "lnNc", true)),
                        result("Table 1, Eq. 1", "D_c", "-1.33e69", new Coefficient(KAPLAN, "lnDc", true)),
                        result(
                                "Figure 3",
                                "FLOPs to 90 % of the plateau, slope over N",
                                "-2.22e6",
                                new PlateauLine(0.90, 1)),
                        result(
                                "Figure 3",
                                "FLOPs to 95 % of the plateau, slope over N",
                                "-2.17e6",
                                new PlateauLine(0.95, 1)),
                        result(
                                "Figure 3",
                                "FLOPs to 100 % of the plateau, slope over N",
                                "-2.19e6",
                                new PlateauLine(1, 1)),
                        result(
                                "Figure 3",
                                "FLOPs to 90 % of the plateau at N = 0",
                                "3.04e14",
                                new PlateauLine(0.90, 0)),
                        result(
                                "Figure 3",
                                "FLOPs to 95 % of the plateau at N = 0",
                                "2.61e14",
                                new PlateauLine(0.95, 0)),
                        result("Figure 3", "FLOPs to 100 % of the plateau at N = 0", "2.38e14", new PlateauLine(1, 0)),
                        result("Table 2", "size for 1e17 FLOPs", "5.06e10", new PlateauSize(1e17)),
                        result("Table 2", "size for 1e18 FLOPs", "1.57e11", new PlateauSize(1e18)),
                        result("Table 2", "size for 1e19 FLOPs", "1.06e12", new PlateauSize(1e19)),
                        result("Table 2", "size for 1e20 FLOPs", "7.35e12", new PlateauSize(1e20)),
                        result("Table 3", "training tokens", "6.5e9, 7.475e9, 9.75e9, 20.8e9", new TokenBudgets()),
                        result("Table 4", "shapes", "5M, 15M, 35M, 50M, 100M, 150M, 300M, 650M", new Shapes()),
                        result(
                                "Table 5",
                                "training FLOPs of its shapes over 6 N D at 325 residues",
                                "not printed",
                                new CountedFlops()),
                        result(
                                "Table 6",
                                "parameters of its shapes",
                                "5M, 15M, 35M, 50M, 100M, 150M, 300M, 650M",
                                new CountedParameters()),
                        result(
                                "Section 3.3",
                                "perplexity on held-out proteins (35M, 8,000 proteins)",
                                "11.43",
                                new HeldOutPerplexity())),
                List.of(
                        "Cheng et al. 2024 find for masked models nearly these exponents swapped, 0.776 and 0.230, and losses down to"
                                + " 1.79 nats: no plateau at 2.4.",
                        "Its rate of 1e-5 times 0.999 to the millions of tokens (Eq. 2) is spent after about 1e9 tokens: beyond them"
                                + " every budget is the same model, and a loss that stops there is limited by the schedule.",
                        "Table 1's law gives 2.79 to 2.88 nats, not 2.4, and its D_c is negative.",
                        "The sizes of Table 2 leave no tokens to train on: 50.6 billion parameters at 1e17 FLOPs leave 330 thousand;"
                                + " Figure 3's line gives negative FLOPs at the sizes it is read for.",
                        "Under masks of 80/10/10 the frequencies of the residues alone have a perplexity of about 15.1: what 11.43 is"
                                + " to be compared with."));
    }

    private static PublishedPaper chengMasked() {
        return new PublishedPaper(
                "cheng-2024-mlm",
                "Cheng et al. 2024, Training Compute-Optimal Protein Language Models, masked",
                Objective.MASKED,
                List.of(
                        result("Scaling law", "a of N_opt ~ C^a", "0.776", new SizeExponent(A2)),
                        result("Scaling law", "b of D_opt ~ C^b", "0.230", new TokensExponent(A2))),
                List.of(
                        "Serrano et al. 2024 find 0.27 and 0.71 on UniRef50 alone; here the data are 2e11 tokens with metagenomes.",
                        "On its data the exponent moves with the method: envelope 0.67, IsoFLOP 0.73 to 0.77, parametric 0.42 with a"
                                + " 95 % interval of 0.17 to 0.67."));
    }

    private static PublishedPaper chengCausal() {
        return new PublishedPaper(
                "cheng-2024-clm",
                "Cheng et al. 2024, Training Compute-Optimal Protein Language Models, causal",
                Objective.CAUSAL,
                List.of(
                        result("Scaling law", "a of N_opt ~ C^a", "0.578", new SizeExponent(A2)),
                        result("Scaling law", "b of D_opt ~ C^b", "0.422", new TokensExponent(A2))),
                List.of("Its data are 2e11 tokens with metagenomes."));
    }

    private static PublishedPaper chinchilla() {
        return new PublishedPaper(
                "chinchilla",
                "Hoffmann et al. 2022, Training Compute-Optimal Large Language Models",
                Objective.CAUSAL,
                List.of(
                        result("Table 2", "a of N_opt ~ C^a, approach 1", "0.50", new SizeExponent(A1)),
                        result("Table 2", "b of D_opt ~ C^b, approach 1", "0.50", new TokensExponent(A1)),
                        result("Table 2", "a of N_opt ~ C^a, approach 2", "0.49", new SizeExponent(A2)),
                        result("Table 2", "b of D_opt ~ C^b, approach 2", "0.51", new TokensExponent(A2)),
                        result("Table 2", "a of N_opt ~ C^a, approach 3", "0.46", new SizeExponent(A3)),
                        result("Table 2", "b of D_opt ~ C^b, approach 3", "0.54", new TokensExponent(A3)),
                        result("Eq. 10", "E, nats", "1.69", new Coefficient(A3, "E", false)),
                        result("Eq. 10", "A", "406.4", new Coefficient(A3, "A", false)),
                        result("Eq. 10", "B", "410.7", new Coefficient(A3, "B", false)),
                        result("Eq. 10", "alpha", "0.34", new Coefficient(A3, "alpha", false)),
                        result("Eq. 10", "beta", "0.28", new Coefficient(A3, "beta", false))),
                List.of(
                        "It is about text: its losses are nats per token of 32,000, not per residue.",
                        "Its parametric fit stopped early: fitted again on the points of its figures (Besiroglu et al. 2024) it is"
                                + " E 1.82, A 482, B 2085, alpha 0.348, beta 0.366, which agrees with approaches 1 and 2."));
    }
}
