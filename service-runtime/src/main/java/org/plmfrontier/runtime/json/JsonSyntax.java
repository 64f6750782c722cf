package org.plmfrontier.runtime.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

/** What is wrong with a text that is no JSON, in words of JSON and not of the parser. */
public final class JsonSyntax {
    /** What the parser says of its own settings and sources. */
    private static final String OWN_WORDS =
            "(?s)\\s*(\\(start marker|: enable `|\\(for |, use `|; use |`\\w+\\.\\w+).*";

    private JsonSyntax() {}

    /** One sentence with the place. */
    public static String sentence(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException
                ? "the body, a text, a number or the nesting is too long"
                : String.valueOf(e.getOriginalMessage()).replaceFirst(OWN_WORDS, "");
        JsonLocation at = e.getLocation();
        String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return "the body is no JSON" + place + ": " + what;
    }
}
