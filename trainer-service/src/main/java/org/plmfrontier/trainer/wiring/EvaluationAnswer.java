package org.plmfrontier.trainer.wiring;

import java.util.List;
import java.util.Map;
import org.plmfrontier.contracts.evaluation.EvaluationKind;
import org.plmfrontier.contracts.evaluation.Measure;
import org.plmfrontier.contracts.model.Family;

/**
 * What {@link EvaluationMain} answers, as JSON on its standard output.
 *
 * @param baselines the same metrics of predictors that know nothing of the model, by name
 * @param findings what is set apart of the data and what the model could not be asked, in sentences
 * @param notes what became of the model's tokens and tensors, in sentences
 */
public record EvaluationAnswer(
        Family family,
        EvaluationKind kind,
        List<Measure> measures,
        Map<String, List<Measure>> baselines,
        List<String> findings,
        List<String> notes) {}
