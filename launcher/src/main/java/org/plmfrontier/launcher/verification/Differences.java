package org.plmfrontier.launcher.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two JSON texts differ. */
final class Differences {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Differences() {}

    /** One sentence per field; empty where the bytes are the same. */
    static List<String> of(byte[] sealed, byte[] again) {
        if (Arrays.equals(sealed, again)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        try {
            compare("", JSON.readTree(sealed), JSON.readTree(again), found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.isEmpty() ? List.of("the same values are written otherwise") : found;
    }

    private static void compare(String path, JsonNode sealed, JsonNode again, List<String> found) {
        if (sealed.isObject() && again.isObject()) {
            Set<String> names = new TreeSet<>();
            sealed.fieldNames().forEachRemaining(names::add);
            again.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(path.isEmpty() ? name : path + "." + name, sealed.path(name), again.path(name), found);
            }
        } else if (!sealed.equals(again)) {
            found.add(path + ": sealed " + text(sealed) + ", computed again " + text(again));
        }
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
