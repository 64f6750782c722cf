package org.plmfrontier.trainer.likelihood;

import org.junit.jupiter.api.Test;
import org.plmfrontier.trainer.djl.Parity;
import org.plmfrontier.trainer.engine.ProteinModel;
import org.plmfrontier.trainer.protein.Protein;
import org.plmfrontier.trainer.safetensors.Fixture;
import org.plmfrontier.trainer.variant.ReferenceModels;

/** Pseudo-perplexity of three proteins against fair-esm in float64. */
class PseudoPerplexityParityTest {
    @Test
    void eachResidueMaskedInItsTurnIsFairEsms() {
        try (Fixture fixture = Fixture.open("downstream/variants");
                ProteinModel model = ReferenceModels.masked()) {
            double[] values = fixture.values("ppl.f64.value");
            String[] names = fixture.metadata().get("ppl.names").split(" ");
            for (int i = 0; i < names.length; i++) {
                Protein protein = Protein.of(names[i], fixture.metadata().get("ppl." + names[i]));
                double[] nats = PseudoLikelihood.nats(model, protein.tokens());
                double[] terms = fixture.values("ppl.f64." + names[i]);
                double worst = 0;
                Nats sum = new Nats(1);
                for (int j = 0; j < terms.length; j++) {
                    worst = Math.max(worst, Math.abs(nats[j] + terms[j]));
                    sum.add(0, nats[j]);
                }
                Parity.report(names[i] + " log p, each residue masked", worst, 2e-4);
                Parity.report(
                        names[i] + " pseudo-perplexity, relative", Math.abs(sum.perplexity() / values[i] - 1), 2e-5);
            }
        }
    }
}
