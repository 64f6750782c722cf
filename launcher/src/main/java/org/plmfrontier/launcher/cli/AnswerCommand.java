package org.plmfrontier.launcher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.launcher.rest.RefusedException;
import org.plmfrontier.launcher.rest.RestClient;
import org.plmfrontier.launcher.screen.AnswerLines;
import org.plmfrontier.launcher.screen.SecondAnswerLines;
import org.plmfrontier.launcher.study.Answers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./frontier answer [STUDY]}: what to train for a budget, as one answer per family. */
@Command(
        name = "answer",
        mixinStandardHelpOptions = true,
        description =
                "Prints what a study of a running suite says of a budget: parameters, tokens, tokens per parameter and loss, and what"
                        + " half and twice the size would cost, each with an interval that counts the laws' own errors. Exit status 0:"
                        + " every family has an answer; 3: one is not decided yet; 2: a budget or family that cannot be answered.")
final class AnswerCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_INPUT = 2;
    private static final int NOT_DECIDED = 3;
    private static final List<Integer> BAD_REQUEST = List.of(400, 422);

    @Mixin
    FittingArguments arguments = new FittingArguments();

    @Option(names = "--budget", description = "training FLOPs, 6 N D (default: ten times what was trained)")
    @Nullable
    Double budget;

    @Option(names = "--family", description = "one family of a mixed study (default: all)")
    @Nullable
    String family;

    @Option(
            names = "--json",
            description = "an array with one answer per family, as REST gives it; errors as an object")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RestClient fitting = new RestClient(arguments.address).expecting("fitting-service")) {
            List<JsonNode> answers = answers(fitting);
            if (json) {
                System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answers));
            } else if (answers.isEmpty()) {
                System.out.println("not decided yet: study " + arguments.study + " has no fit yet");
            } else {
                AnswerLines.of(answers).forEach(System.out::println);
                SecondAnswerLines.of(fitting.get("/studies/" + arguments.study + "/evaluations"))
                        .forEach(System.out::println);
            }
            boolean decided = !answers.isEmpty()
                    && answers.stream().allMatch(answer -> answer.path("best").isObject());
            return decided ? 0 : NOT_DECIDED;
        } catch (RefusedException e) {
            if (!BAD_REQUEST.contains(e.status())) {
                throw e;
            }
            System.err.println(
                    json ? JSON.writeValueAsString(Map.of("error", e.getMessage())) : "frontier: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private List<JsonNode> answers(RestClient fitting) throws IOException, InterruptedException {
        OptionalDouble flops = budget == null ? OptionalDouble.empty() : OptionalDouble.of(budget);
        return family == null
                ? Answers.ofAll(fitting, arguments.study, flops)
                : List.of(Answers.of(fitting, arguments.study, family, flops));
    }
}
