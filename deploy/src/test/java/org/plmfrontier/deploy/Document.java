package org.plmfrontier.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of documentation, in Markdown. */
record Document(Path file) {
    private static final Pattern FENCE = Pattern.compile("^( *)```(\\S*)(?: (\\S+))?\\s*$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** All that a person reads who uses or changes the project. */
    static List<Document> all() {
        List<Path> files = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("SECURITY.md"),
                Path.of("CHANGELOG.md"),
                Path.of("launcher/demo/README.md"),
                Path.of("benchmarks/README.md")));
        files.addAll(Project.list(Path.of("docs"), ".md"));
        files.addAll(Project.list(Path.of("deploy"), ".md"));
        return files.stream().map(Document::new).toList();
    }

    String text() {
        return Project.read(Project.ROOT.resolve(file));
    }

    /**
     * A fenced block.
     *
     * @param line of its first line, from 1
     * @param language what its fence says, empty where it says nothing
     * @param schema what its fence says behind the language: the schema that it fits, {@code service#Name} of docs/openapi; else
     *     empty
     */
    record Block(Path file, int line, String language, String schema, String text) {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String[] lines = text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher opening = FENCE.matcher(lines[i]);
            if (!opening.matches()) {
                continue;
            }
            int first = i + 1;
            StringBuilder text = new StringBuilder();
            for (i++; i < lines.length && !lines[i].strip().equals("```"); i++) {
                text.append(lines[i].substring(Math.min(opening.group(1).length(), lines[i].length())))
                        .append('\n');
            }
            blocks.add(new Block(
                    file,
                    first + 1,
                    opening.group(2),
                    Objects.requireNonNullElse(opening.group(3), ""),
                    text.toString()));
        }
        return blocks;
    }

    /** Where its links lead, without blocks of code. */
    Stream<String> links() {
        String prose = text().replaceAll("(?s)```.*?```", "");
        return LINK.matcher(prose).results().map(link -> link.group(1));
    }

    /** Its headings as the ends of addresses. */
    List<String> anchors() {
        return HEADING.matcher(text().replaceAll("(?s)```.*?```", ""))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** A file or folder that a link of this page leads to. */
    Path target(String link) {
        Path folder = Project.ROOT.resolve(file).getParent();
        return folder.resolve(link.replaceFirst("#.*", "")).normalize();
    }
}
