package org.plmfrontier.fitting.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedWriter;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plmfrontier.runtime.json.JsonSyntax;
import org.plmfrontier.runtime.json.NearestName;

/** Rows of a JSON body, rewritten as CSV while they are read. Not thread-safe. */
final class JsonRows implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> FIELDS = List.of("study", "columns", "rows");
    private static final int MOST_CELLS = 20_000;

    private final List<String> header = new ArrayList<>();
    private @Nullable String study;
    private @Nullable String columns;
    private @Nullable Spool spool;

    private JsonRows() {}

    static JsonRows spool(SpoolFolder spools, @Nullable String length, InputStream body) throws IOException {
        JsonRows rows = new JsonRows();
        Spool written = spools.spool(output -> rows.rewrite(body, output), length, "");
        rows.spool = new Spool(written.file(), written.hash() + "-" + rows.columns, written.quota());
        return rows;
    }

    @Nullable
    String study() {
        return study;
    }

    @Nullable
    String columns() {
        return columns;
    }

    Spool spool() {
        if (spool == null) {
            throw new IllegalStateException("nothing was spooled");
        }
        return spool;
    }

    @Override
    public void close() throws IOException {
        spool().close();
    }

    private void rewrite(InputStream body, OutputStream output) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(output, StandardCharsets.UTF_8));
        try (JsonParser parser = JSON.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "body");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "study" -> study = text(parser, name);
                    case "columns" -> columns = text(parser, name);
                    case "rows" -> rows(parser, writer);
                    default -> throw unknown(name);
                }
            }
        } catch (JsonProcessingException e) {
            throw Refused.badField("body", JsonSyntax.sentence(e));
        } catch (CharConversionException e) {
            throw Refused.badField("body", "the body is no JSON in UTF-8, UTF-16 or UTF-32");
        }
        writer.flush();
    }

    private static @Nullable String text(JsonParser parser, String name) throws IOException {
        JsonToken found = parser.currentToken();
        if (found != JsonToken.VALUE_STRING && found != JsonToken.VALUE_NULL) {
            throw Refused.badField(name, name + " must be a text, found " + found(found));
        }
        return found == JsonToken.VALUE_NULL ? null : parser.getText();
    }

    private static Refused unknown(String name) {
        String meant = NearestName.of(name, FIELDS)
                .map(one -> "; did you mean '" + one + "'?")
                .orElse("");
        return Refused.badField(
                name, "the body has the unknown field '" + name + "', it takes " + String.join(", ", FIELDS) + meant);
    }

    /** In words of JSON. */
    private static String found(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "a list";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null";
            default -> "something else";
        };
    }

    private void rows(JsonParser parser, Writer writer) throws IOException {
        expect(parser.currentToken(), JsonToken.START_ARRAY, "rows");
        for (int row = 1; parser.nextToken() != JsonToken.END_ARRAY; row++) {
            expect(parser.currentToken(), JsonToken.START_OBJECT, "rows");
            Map<String, String> cells = cells(parser, row);
            if (header.isEmpty()) {
                header.addAll(cells.keySet());
                line(writer, header);
            }
            for (String name : cells.keySet()) {
                if (!header.contains(name)) {
                    throw Refused.badField(name, "row " + row + " has the field '" + name + "', the first row has not");
                }
            }
            line(
                    writer,
                    header.stream().map(name -> cells.getOrDefault(name, "")).toList());
        }
    }

    private static Map<String, String> cells(JsonParser parser, int row) throws IOException {
        Map<String, String> cells = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (cells.size() == MOST_CELLS) {
                throw Refused.badField("rows", "row " + row + " has more than " + MOST_CELLS + " fields");
            }
            if (value == null || !value.isScalarValue()) {
                throw Refused.badField(name, "field '" + name + "' of row " + row + " must be a number or a text");
            }
            cells.put(name, value == JsonToken.VALUE_NULL ? "" : parser.getText());
        }
        return cells;
    }

    private static void line(Writer writer, List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).replace('\n', ' ').replace('\r', ' ');
            writer.write(i == 0 ? "" : ",");
            writer.write(
                    cell.indexOf(',') < 0 && cell.indexOf('"') < 0 ? cell : "\"" + cell.replace("\"", "\"\"") + "\"");
        }
        writer.write("\n");
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted, String field) {
        if (found != wanted) {
            throw Refused.badField(
                    field,
                    field + " must be " + (wanted == JsonToken.START_ARRAY ? "an array" : "an object") + ", found "
                            + found(found));
        }
    }
}
