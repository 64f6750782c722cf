package org.plmfrontier.fitting.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.PlantedStudy;

class PredictionBookTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    private static final LoggedStudy STUDY = LoggedStudy.of(PlantedStudy.ofMany("book", 2, 60, 1));

    private final PredictionBook book = new PredictionBook();

    @Test
    void theFirstRecordOfARunAndStageCountsAndARepeatIsCounted() {
        List<SealedPrediction> sealed = new Sealing().of(STUDY.after(2), "log", book);
        Seal other = new Seal("log", "0:9", "other", 1);
        book.add(0, WireFormat.encode(sealed.getFirst()), AT);
        book.add(1, WireFormat.encode(new SealedPrediction(sealed.getFirst().prediction(), other)), AT);
        assertThat(book.size()).isOne();
        assertThat(book.repeated()).isOne();
        assertThat(book.of("book")).containsExactly(new PredictionBook.Entry(sealed.getFirst(), AT));
        assertThat(Sealing.stillOpen(sealed, STUDY.after(2), book)).containsExactly(sealed.getLast());
    }

    @Test
    void foreignRecordsAreSetApartAndTheRestCounts() {
        for (String foreign : List.of("", "null", "{", "[]", "{}", "7", "{\"prediction\":{},\"seal\":{}}")) {
            book.add(book.next(), foreign.getBytes(UTF_8), AT);
        }
        book.add(book.next(), null, AT);
        book.add(book.next(), new byte[] {0, (byte) 0xff}, AT);
        SealedPrediction sealed = new Sealing().of(STUDY.after(2), "log", book).getFirst();
        String impossible =
                new String(WireFormat.encode(sealed), UTF_8).replace("\"stagePercent\":0", "\"stagePercent\":7");
        book.add(book.next(), impossible.getBytes(UTF_8), AT);
        assertThat(book.setApart()).isEqualTo(10);
        book.add(book.next(), WireFormat.encode(sealed), AT);
        assertThat(book.size()).isOne();
        assertThat(book.setApart()).isEqualTo(10);
    }

    @Test
    void aRecordThatIsReadAgainChangesNothing() {
        byte[] value =
                WireFormat.encode(new Sealing().of(STUDY.after(2), "log", book).getFirst());
        book.add(4, value, AT);
        book.add(4, value, AT);
        book.add(3, new byte[0], AT);
        assertThat(book.next()).isEqualTo(5);
        assertThat(book.repeated() + book.setApart()).isZero();
    }

    @Test
    void anOutcomeThatCameMeanwhileIsNotPredicted() {
        List<SealedPrediction> sealed = new Sealing().of(STUDY.after(2), "log", book);
        assertThat(Sealing.stillOpen(sealed, STUDY.after(2), book)).hasSize(2);
        assertThat(Sealing.stillOpen(sealed, STUDY.whole(), book)).isEmpty();
    }
}
