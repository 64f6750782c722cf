package org.plmfrontier.launcher.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plmfrontier.fitting.table.ColumnMapping;
import org.plmfrontier.fitting.table.Finding;
import org.plmfrontier.fitting.table.LossTable;
import org.plmfrontier.fitting.table.RunSize;
import org.plmfrontier.fitting.table.TableRow;

/** States as the Trainer of transformers writes them. */
class TrainerStateTest {
    private static final OptionalDouble UNKNOWN = OptionalDouble.empty();
    private static final String HEAD = """
            {
              "best_metric": null,
              "best_model_checkpoint": null,
              "epoch": 1.0,
              "eval_steps": 500,
              "global_step": %d,
              "is_hyper_param_search": false,
              "is_local_process_zero": true,
              "is_world_process_zero": true,
              "log_history": [
            """;
    private static final String TAIL = """
              ],
              "logging_steps": 100,
              "max_steps": 300,
              "num_input_tokens_seen": %d,
              "num_train_epochs": 1,
              "save_steps": 500,
              "stateful_callbacks": {"TrainerControl": {"args": {"should_save": true}, "attributes": {}}},
              "total_flos": %s,
              "train_batch_size": 8,
              "trial_name": null,
              "trial_params": null
            }
            """;

    @TempDir
    Path folder;

    @Test
    void lossesOfTheTrainingAreReadByStep() throws Exception {
        state("35M", 300, """
                {"epoch": 0.3, "grad_norm": 1.25, "learning_rate": 0.0005, "loss": 3.5, "step": 100},
                {"epoch": 0.6, "grad_norm": 1.0, "learning_rate": 0.0004, "loss": 3.25, "step": 200},
                {"epoch": 1.0, "grad_norm": 1.0, "learning_rate": 0.0, "loss": NaN, "step": 300},
                {"epoch": 1.0, "step": 300, "total_flos": 0.0, "train_loss": 3.4, "train_runtime": 9.5}
                """, 0, "0.0");
        LossTable table = read(folder.resolve("35M/trainer_state.json"), "loss", sizes(35e6, 1e5));
        assertThat(table.rows()).extracting(TableRow::run).containsOnly("35M");
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.5, 3.25);
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(1e7, 2e7);
        assertThat(table.rows().getFirst().learningRate()).hasValue(0.0005);
        assertThat(table.hasFlops()).isFalse();
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .containsExactly("trainer_state.json of run 35M, entry 3, loss: 'NaN' is not a positive number");
    }

    @Test
    void heldOutLossesComeFirstAndTokensAndFlopsAreThoseOfTheState() throws Exception {
        state("a", 200, """
                {"epoch": 0.5, "loss": 3.5, "num_input_tokens_seen": 1000000, "step": 100},
                {"epoch": 0.5, "eval_loss": 3.75, "eval_runtime": 1.0, "num_input_tokens_seen": 1000000, "step": 100},
                {"epoch": 1.0, "eval_loss": 3.5, "eval_runtime": 1.0, "num_input_tokens_seen": 2000000, "step": 200}
                """, 2_000_000, "6e13");
        assertThatThrownBy(() -> read(folder, null, RunSize.UNKNOWN))
                .hasMessageContaining("N is not known of 1 of 1 run: a; give N with --parameters");
        LossTable table = read(folder, null, new RunSize(OptionalDouble.of(5e6), UNKNOWN, UNKNOWN));
        assertThat(table.rows()).extracting(TableRow::lossNats).containsExactly(3.75, 3.5);
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(1e6, 2e6);
        assertThat(table.rows()).extracting(TableRow::computeFlops).containsExactly(of(3e13), of(6e13));
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .anySatisfy(chosen -> assertThat(chosen).contains("'eval_loss' is taken", "loss", "--tag"));
    }

    @Test
    void tokensOfTheStateAsAWholeAreSpreadOverItsSteps() throws Exception {
        state("a", 200, "{\"loss\": 3.5, \"step\": 100}", 4_000_000, "0");
        LossTable table = read(folder, null, new RunSize(OptionalDouble.of(5e6), UNKNOWN, UNKNOWN));
        assertThat(table.rows()).extracting(TableRow::tokens).containsExactly(2e6);
    }

    @Test
    void checkpointsOfARunAreOneRunOfWhichTheFurthestIsRead() throws Exception {
        state("big/checkpoint-100", 100, "{\"loss\": 3.5, \"step\": 100}", 0, "0");
        state("big/checkpoint-200", 200, "{\"loss\": 3.5, \"step\": 100}, {\"loss\": 3.25, \"step\": 200}", 0, "0");
        state("small", 100, "{\"loss\": 4.0, \"step\": 100}", 0, "0");
        LossTable table = read(folder, null, sizes(1e6, 1e5));
        assertThat(table.rows())
                .extracting(row -> row.run() + " " + row.lossNats())
                .containsExactlyInAnyOrder("big 3.5", "big 3.25", "small 4.0");
        assertThat(table.findings())
                .extracting(Finding::sentence)
                .singleElement()
                .satisfies(earlier -> assertThat(earlier).contains("run big: 1 earlier states", "checkpoint-200"));
    }

    @Test
    void whatIsMissingOrBrokenIsSaidWithItsPlace() throws Exception {
        Path whole = state("a", 100, "{\"loss\": 3.5, \"step\": 100}", 0, "0");
        assertThatThrownBy(() -> read(folder, null, RunSize.UNKNOWN))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("N is not known of 1 of 1 run: a; give N with --parameters");
        String text = Files.readString(whole);
        Files.writeString(whole, text.substring(0, text.indexOf("logging_steps")));
        assertThatThrownBy(() -> read(whole, null, sizes(1e6, 1e5)))
                .isInstanceOf(BadInputException.class)
                .hasMessageContaining("trainer_state.json, line 1")
                .hasMessageContaining("no whole JSON");
    }

    private Path state(String run, int steps, String entries, long tokens, String flops) throws IOException {
        Path file = Files.createDirectories(folder.resolve(run)).resolve("trainer_state.json");
        return Files.writeString(file, HEAD.formatted(steps) + entries + TAIL.formatted(tokens, flops));
    }

    private static RunSize sizes(double parameters, double tokensPerStep) {
        return new RunSize(OptionalDouble.of(parameters), OptionalDouble.of(tokensPerStep), UNKNOWN);
    }

    private static LossTable read(Path file, @Nullable String tag, RunSize every) throws BadInputException {
        return (LossTable)
                new LossFile(file, ColumnMapping.usual(), new RunOptions(null, Optional.empty(), every, tag)).read();
    }

    private static OptionalDouble of(double value) {
        return OptionalDouble.of(value);
    }
}
