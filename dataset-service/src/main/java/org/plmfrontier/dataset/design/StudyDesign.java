package org.plmfrontier.dataset.design;

import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.recipe.Recipe;

/**
 * What was chosen for a budget.
 *
 * @param flopBudgets training FLOPs of a run, the same for every shape, ascending
 * @param maxEpochs cells that read the corpus more often are left out
 * @param reasons why, a sentence for each choice
 */
public record StudyDesign(
        List<ModelShape> shapes, List<Double> flopBudgets, double maxEpochs, Recipe recipe, List<String> reasons) {
    public StudyDesign {
        shapes = List.copyOf(shapes);
        flopBudgets = List.copyOf(flopBudgets);
        reasons = List.copyOf(reasons);
    }
}
