package org.plmfrontier.trainer.wiring;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import org.plmfrontier.trainer.djl.DjlTrainingEngine;
import org.plmfrontier.trainer.djl.EngineSettings;
import org.plmfrontier.trainer.downstream.UnusableDataException;
import org.plmfrontier.trainer.engine.TrainingEngine;
import org.plmfrontier.trainer.engine.UnsupportedRecipeException;
import org.plmfrontier.trainer.huggingface.UnfitModelException;

/**
 * One evaluation as a process of its own, without Quarkus: an {@link EvaluationRequest} on standard input, an
 * {@link EvaluationAnswer} on standard output, what is being done on standard error. Exit status 1 where it cannot be measured;
 * the answer is then {@code {"error": "..."}}, one sentence.
 */
public final class EvaluationMain {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EvaluationMain() {}

    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        int status = 0;
        Object answer;
        try {
            EvaluationRequest request = JSON.readValue(System.in, EvaluationRequest.class);
            answer = new FolderEvaluation(EvaluationMain::engine, System.err::println).answer(request);
        } catch (UnusableDataException | UnfitModelException | UnsupportedRecipeException | IllegalStateException e) {
            answer = Map.of("error", String.valueOf(e.getMessage()));
            status = 1;
        } catch (NoSuchFileException e) {
            answer = Map.of("error", "there is no file " + e.getMessage());
            status = 1;
        } catch (IOException e) {
            answer = Map.of("error", e.getMessage() == null ? e.toString() : e.getMessage());
            status = 1;
        }
        answers.println(JSON.writeValueAsString(answer));
        answers.flush();
        // The engine's thread would keep the process alive.
        System.exit(status);
    }

    private static TrainingEngine engine(EvaluationRequest.Engine settings) throws IOException {
        return DjlTrainingEngine.start(
                new EngineSettings(settings.threads(), settings.folder(), List.of(settings.device())));
    }
}
