package org.plmfrontier.deploy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Keys that a service knows: of its mapped and documented interface, of its application.properties, of Kafka's clients. */
final class ConfigurationKeys {
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.]+)\"\\)");
    private static final Pattern MEMBER =
            Pattern.compile("(?m)(\\*/\\s*(?:@\\w+\\([^)]*\\)\\s*)?)?^ +([\\w<>]+) (\\w+)\\(\\);");

    private static final Pattern DURATION = Pattern.compile("@WithDefault\\(\"([^\"]+)\"\\)\\s+Duration (\\w+)\\(\\);");
    private static final Pattern INTERFACE = Pattern.compile("^    interface (\\w+) \\{", Pattern.MULTILINE);

    private ConfigurationKeys() {}

    /** Durations of a service's mapped interface with their defaults. */
    static Map<String, String> durations(String service) {
        Map<String, String> durations = new TreeMap<>();
        for (Path file : Project.sources(service)) {
            String text = Project.read(file);
            Matcher prefix = PREFIX.matcher(text);
            if (prefix.find()) {
                Matcher duration = DURATION.matcher(text);
                while (duration.find()) {
                    String key = kebab(duration.group(2));
                    String group = group(text.substring(0, duration.start()));
                    durations.put(prefix.group(1) + group + "." + key, duration.group(1));
                }
            }
        }
        return durations;
    }

    /** Name of the nested interface that is open at the end of a text. */
    private static String group(String before) {
        Matcher nested = INTERFACE.matcher(before);
        String group = "";
        while (nested.find()) {
            boolean open = before.indexOf("\n    }", nested.end()) < 0;
            group = open ? "." + kebab(uncapitalized(nested.group(1))) : "";
        }
        return group;
    }

    private static String uncapitalized(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    static Set<String> of(String service) {
        Set<String> keys = new TreeSet<>();
        Project.properties(service).stringPropertyNames().forEach(key -> keys.add(key.replaceFirst("^%\\w+\\.", "")));
        ConsumerConfig.configNames().forEach(name -> keys.add("kafka." + name));
        for (Path file : Project.sources(service)) {
            String text = Project.read(file);
            Matcher prefix = PREFIX.matcher(text);
            if (prefix.find()) {
                String body = text.substring(text.indexOf("interface ", prefix.end()));
                collect(body, prefix.group(1), keys);
            }
        }
        return keys;
    }

    /** Name of the environment variable of a key, as MicroProfile Config has it. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static void collect(String body, String prefix, Set<String> keys) {
        String own = withoutNested(body);
        Matcher member = MEMBER.matcher(own);
        while (member.find()) {
            String key = prefix + "." + kebab(member.group(3));
            String nested = nested(body, member.group(2));
            if (!nested.isEmpty()) {
                collect(nested, key, keys);
            } else if (member.group(1) != null) {
                keys.add(key);
            }
        }
    }

    private static String withoutNested(String body) {
        int first = body.indexOf("interface ", "interface ".length());
        return first < 0 ? body : body.substring(0, first);
    }

    private static String nested(String body, String type) {
        int start = body.indexOf("interface " + type + " {", 1);
        if (start < 0) {
            return "";
        }
        int depth = 0;
        for (int i = body.indexOf('{', start); i < body.length(); i++) {
            char c = body.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return body.substring(start, i + 1);
            }
        }
        throw new AssertionError("unbalanced braces in " + type);
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
