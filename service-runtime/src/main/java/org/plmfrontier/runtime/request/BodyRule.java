package org.plmfrontier.runtime.request;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A body says what it is. A browser sends three kinds for any page without asking the service before (CORS-safelisted types,
 * Fetch section 2.2.2), and no resource of the suite takes one of them.
 */
public final class BodyRule {
    private static final Set<String> UNASKED =
            Set.of("text/plain", "multipart/form-data", "application/x-www-form-urlencoded");

    private BodyRule() {}

    /**
     * Why a body is refused, one sentence; empty where it is not.
     *
     * @param contentType the header of that name; null where it is missing
     */
    public static Optional<String> refusal(@Nullable String contentType) {
        String type = contentType == null
                ? ""
                : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            return Optional.of("a request with a body needs the header Content-Type, which says what it is: for example"
                    + " application/json");
        }
        return UNASKED.contains(type)
                ? Optional.of(
                        "a body of type '" + type + "' is not taken: say by the header Content-Type what it is, for"
                                + " example application/json")
                : Optional.empty();
    }
}
