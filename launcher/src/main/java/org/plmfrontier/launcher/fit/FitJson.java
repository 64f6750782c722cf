package org.plmfrontier.launcher.fit;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plmfrontier.contracts.wire.WireFormat;
import org.plmfrontier.fitting.publication.BacktestView;
import org.plmfrontier.fitting.publication.FitAnswer;
import org.plmfrontier.fitting.table.Finding;

/** The JSON that {@code ./frontier fit} prints: one object per method, and what was found wrong with the file. */
public final class FitJson {
    private static final ObjectMapper MAPPER = WireFormat.configure(JsonMapper.builder())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private FitJson() {}

    /** All answers. */
    public static String of(FileFit fit) {
        Map<String, Object> document = new LinkedHashMap<>();
        fit.answers().forEach((method, answer) -> document.put(method.label(), FitAnswer.of(answer)));
        document.put("findings", fit.findings());
        return write(document);
    }

    /** A backtest. */
    public static String of(FileBacktest backtest) {
        return write(new Printed(backtest.view(), backtest.findings()));
    }

    /** What the service answers of a study, and what was found wrong with the file. */
    private record Printed(@JsonUnwrapped BacktestView backtest, List<Finding> findings) {}

    /**
     * An error in the form in which results would have come.
     *
     * @param place the row and column to blame, where it is about one
     */
    public static String error(String sentence, Optional<BadInputException.Place> place) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("error", sentence);
        place.ifPresent(found -> {
            document.put("row", found.row());
            document.put("column", found.column());
        });
        return write(document);
    }

    private static String write(Object document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result cannot be written as JSON", e);
        }
    }
}
