package org.plmfrontier.trainer.parameter;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that must be kept so that a run continues bit for bit: parameters, Adam's moments and its step count.
 *
 * @param parameters trained tensors in script order
 * @param firstMoments {@code adam.m.} of each parameter
 * @param secondMoments {@code adam.v.} of each parameter
 * @param stepCount {@code adam.t}, one number, the same for all parameters
 */
public record StateLayout(
        List<TensorSpec> parameters,
        List<TensorSpec> firstMoments,
        List<TensorSpec> secondMoments,
        TensorSpec stepCount) {
    public StateLayout {
        parameters = List.copyOf(parameters);
        firstMoments = List.copyOf(firstMoments);
        secondMoments = List.copyOf(secondMoments);
    }

    /** The state of a model with these parameters. */
    public static StateLayout of(List<TensorSpec> parameters) {
        return new StateLayout(
                parameters,
                parameters.stream().map(p -> p.moment("adam.m.")).toList(),
                parameters.stream().map(p -> p.moment("adam.v.")).toList(),
                TensorSpec.of("adam.t", InitialValues.ZEROS, 1));
    }

    /** All tensors in the order in which they are stored. */
    public List<TensorSpec> all() {
        return Stream.of(parameters, firstMoments, secondMoments, List.of(stepCount))
                .flatMap(List::stream)
                .toList();
    }
}
