package org.plmfrontier.fitting.live;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.plmfrontier.fitting.analysis.Method;
import org.plmfrontier.fitting.analysis.MethodFit;
import org.plmfrontier.fitting.analysis.Methods;
import org.plmfrontier.fitting.analysis.StudyAnalysis;
import org.plmfrontier.fitting.analysis.StudyData;
import org.plmfrontier.fitting.envelope.EnvelopeFrontier;
import org.plmfrontier.fitting.quantity.FitOutcome;

/**
 * What all methods say of one family.
 *
 * @param fits by method, in the order of {@link Method}; every method that has anything to say of the data
 * @param envelope of approach 1, which is drawn
 */
public record MethodAnswers(Map<Method, FitOutcome<MethodFit>> fits, FitOutcome<EnvelopeFrontier> envelope) {
    public MethodAnswers {
        fits = Collections.unmodifiableMap(new EnumMap<>(fits));
        Objects.requireNonNull(envelope, "envelope");
    }

    static MethodAnswers of(StudyData data, StudyAnalysis analysis) {
        Map<Method, FitOutcome<MethodFit>> fits = new EnumMap<>(Method.class);
        for (Method method : Methods.live(data)) {
            Cancellation.check();
            fits.put(method, Methods.fit(method, analysis));
        }
        return new MethodAnswers(fits, analysis.envelope());
    }
}
