package org.plmfrontier.fitting.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.curve.StepThinning;
import org.plmfrontier.fitting.quantity.FitOutcome;
import org.plmfrontier.fitting.study.LoggedEvent;
import org.plmfrontier.fitting.study.Offsets;
import org.plmfrontier.fitting.study.StudyReplay;

/** What the service seals while events come in batches follows from the log before the offsets, to the byte. */
class RecomputationTest {
    private static final LoggedStudy SIX = LoggedStudy.of(PlantedStudy.ofSix("again", 120, 4));

    @Test
    void everySealedPredictionIsTheSameFromTheLogHoweverItWasCutIntoBatches() {
        Sealing live = new Sealing();
        PredictionBook book = new PredictionBook();
        int fitted = 0;
        for (int count = 6; count <= SIX.events().size(); count += 37) {
            for (SealedPrediction sealed : live.of(SIX.after(count, 37), "log", book)) {
                byte[] value = WireFormat.encode(sealed);
                book.add(book.next(), value, SIX.events().getFirst().event().at());
                assertThat(again(sealed)).isEqualTo(value);
                fitted += sealed.prediction().forecast().lossNats() == null ? 0 : 1;
            }
        }
        assertThat(book.size()).isBetween(18, 24);
        assertThat(fitted).isGreaterThan(3);
    }

    @Test
    void whatIsTamperedWithDiffers() {
        SealedPrediction sealed = new Sealing()
                .of(SIX.after(SIX.events().size() * 9 / 10), "log", new PredictionBook())
                .getFirst();
        byte[] value = WireFormat.encode(sealed);
        assertThat(again(sealed)).isEqualTo(value);
        String text = new String(value, UTF_8);
        for (String change : List.of(
                "\"low\":2=\"low\":1",
                "\"stagePercent\":60=\"stagePercent\":30",
                "\"seed\":1=\"seed\":2",
                "\"losses\":13=\"losses\":23")) {
            String[] both = change.split("=");
            byte[] tampered = text.replace(both[0], both[1]).getBytes(UTF_8);
            assertThat(tampered).as(change).isNotEqualTo(value);
            SealedPrediction read = PredictionBook.decode(tampered).orElseThrow();
            assertThat(again(read)).as(change).isNotEqualTo(tampered);
        }
    }

    @Test
    void offsetsBehindTheOutcomeMakeNoPrediction() {
        SealedPrediction honest = new Sealing()
                .of(SIX.after(SIX.events().size() / 2), "log", new PredictionBook())
                .getFirst();
        Seal late = new Seal("log", SIX.whole().asOf().toString(), "version", 1);
        SealedPrediction sealed = new SealedPrediction(honest.prediction(), late);
        assertThat(outcome(sealed))
                .isInstanceOfSatisfying(
                        FitOutcome.NotIdentifiable.class,
                        refusal -> assertThat(refusal.reason()).contains("has the outcome"));
    }

    @Test
    void theVersionIsThatOfTheClassesAndTheSameEachTime() {
        assertThat(CodeVersion.current()).matches("sha256-[0-9a-f]{16}").isEqualTo(CodeVersion.current());
    }

    private static byte[] again(SealedPrediction sealed) {
        return WireFormat.encode(outcome(sealed).result().orElseThrow());
    }

    private static FitOutcome<SealedPrediction> outcome(SealedPrediction sealed) {
        Offsets until = Offsets.parse(sealed.seal().asOf());
        StudyReplay replay = new StudyReplay("again", StepThinning.USUAL);
        for (int partition = 0; partition < 2; partition++) {
            int wanted = partition;
            List<LoggedEvent> part = SIX.events().stream()
                    .filter(one -> one.partition() == wanted && one.offset() < until.of(wanted))
                    .toList();
            for (int i = 0; i < part.size(); i += 50) {
                replay.add(part.subList(i, Math.min(part.size(), i + 50)));
            }
        }
        return new Recomputation().of(sealed, replay.study().orElseThrow(), "log");
    }
}
