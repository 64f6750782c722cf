package org.plmfrontier.trainer.http;

import java.util.List;
import org.plmfrontier.contracts.model.ModelShape;
import org.plmfrontier.contracts.model.ParameterCount;

/**
 * Weights that were imported.
 *
 * @param initialWeights their name, by which a study begins with them
 * @param notes what was mapped or left out, a sentence each
 */
record KeptModel(String initialWeights, ModelShape shape, List<String> notes, ParameterCount parameters) {}
