package org.plmfrontier.runtime.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The table. */
final class HostileValues {
    /** As they stand in a path, percent-encoded. */
    static final List<String> IN_PATH = List.of(
            "%00",
            "a%00b",
            "%ff%fe",
            "%c0%af",
            "..%2f..%2f..%2fetc%2fpasswd",
            "..%5c..%5cboot.ini",
            "%0d%0aX-Injected:%201",
            "%27;drop%20table%20run;--",
            "%25s%25n",
            "%F0%9F%92%A9",
            "%E2%80%AE",
            "%7B%7B7*7%7D%7D",
            "%zz",
            "%",
            "-1",
            "1e17",
            "a".repeat(3000));

    /** As they stand in a query, percent-encoded. */
    static final List<String> IN_QUERY = List.of(
            "",
            "%00",
            "a%00b",
            "%ff",
            "%",
            "-1",
            "0",
            "1e17",
            "1e999",
            "-1e999",
            "NaN",
            "Infinity",
            "0x10",
            "9".repeat(40),
            "0:9223372036854775807",
            "0:-1",
            "2147483648:1",
            "true",
            "null",
            "[]",
            "%E2%80%AE",
            "x".repeat(3000));

    private static final List<String> IN_FIELD = List.of(
            "null",
            "1e17",
            "-1",
            "0",
            "1e999",
            "1.5",
            "true",
            "\"\"",
            "\"x\\u0000y\"",
            "\"\\ud800\"",
            "\"http://[::1\"",
            "\"../../../etc/passwd\"",
            "\"" + "x".repeat(5000) + "\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[1e17]",
            "[\"\\u0000\"]",
            "{\"a\": {\"b\": [1, {}]}}");

    private static final List<String> JSON = List.of(
            "",
            " ",
            "null",
            "true",
            "1e17",
            "\"text\"",
            "[]",
            "{}",
            "{",
            "}",
            "{\"",
            "{\"a\":}",
            "{\"a\": 1} {\"b\": 2}",
            "{\"\": 1}",
            "{\"\\u0000\": 1}",
            "{\"a\": NaN}",
            "{\"a\": 1e999999999}",
            "{\"a\": " + "7".repeat(5000) + "}",
            "[".repeat(5000),
            "{\"a\":".repeat(3000),
            "\ufeff{}",
            "<xml/>");

    private static final List<String> CSV = List.of(
            "",
            "\n",
            ",",
            "run,N,D,C,loss",
            "run,N,D,C,loss\n",
            "run,run,N,N,D,D,C,C,loss,loss\na,b,1,1,1,1,1,1,1,1\n",
            "run,N,D,C,loss\n\0,1,1,1,1\n",
            "run,N,D,C,loss\na,1e17,1e17,1e17,1e17\n",
            "run,N,D,C,loss\na,1e999,-1e999,NaN,Infinity\n",
            "run,N,D,C,loss\n\"a,1,1,1,1\n",
            "run,N,D,C,loss\n" + ",".repeat(50_000) + "\n",
            "x".repeat(200_000),
            "\ufeff\ufeff",
            "run;N;D;C;loss\na;1,5;1.5;1;1\n",
            "[1]",
            "PK\u0003\u0004");

    private HostileValues() {}

    /** Bodies of a media type; those of JSON also with each known field in turn. */
    static List<byte[]> bodies(String type, Collection<String> fields) {
        List<byte[]> bodies = new ArrayList<>();
        List<String> texts = type.contains("json") ? JSON : CSV;
        texts.forEach(text -> bodies.add(text.getBytes(UTF_8)));
        bodies.add("{\"a\": \"\u00ff\u00fe\"}".getBytes(ISO_8859_1));
        bodies.add(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0});
        bodies.add(new byte[] {0x1f, (byte) 0x8b, 8, 0});
        bodies.add(new byte[4096]);
        for (String field : type.contains("json") ? fields : List.<String>of()) {
            IN_FIELD.forEach(value -> bodies.add(("{\"" + field + "\": " + value + "}").getBytes(UTF_8)));
        }
        return bodies;
    }
}
