package org.plmfrontier.fitting.isoflop;

import java.util.List;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.quantity.PowerLaw;
import org.plmfrontier.fitting.regression.PowerLawFit;

/**
 * Power laws through the vertices of parabolas.
 *
 * @param parameters N_opt(C)
 * @param tokens D_opt(C)
 */
public record VertexLaws(PowerLaw parameters, PowerLaw tokens) {
    static FitOutcome<VertexLaws> through(List<FittedProfile> fitted) {
        PowerLawFit parameters = new PowerLawFit();
        PowerLawFit tokens = new PowerLawFit();
        for (FittedProfile profile : fitted) {
            double lnC = Math.log(profile.budgetFlops());
            parameters.add(lnC, profile.parabola().lnVertex(), 1);
            tokens.add(lnC, profile.lnTokensAtVertex(), 1);
        }
        return parameters.law().flatMap(n -> tokens.law().map(d -> new VertexLaws(n, d)));
    }
}
