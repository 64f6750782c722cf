package org.plmfrontier.launcher.studyfile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A study as a file describes it: YAML, or JSON. Its field {@code corpus} is the id of a corpus, a FASTA file or address, or an
 * object with {@code sources} and the options of {@code POST /corpora}; everything else is the body of {@code POST /studies}.
 * Relative paths, of its corpus and of its evaluations' files, begin at the file's own folder.
 */
public final class StudyFile {
    private static final String CORPUS = "corpus";
    private static final String SOURCES = "sources";
    private static final String HELD_OUT = "heldOut";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern ADDRESS = Pattern.compile("[a-z][a-z0-9+.-]*://.*");
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final PlacedTree tree;

    private StudyFile(Path file, PlacedTree tree) {
        this.file = file;
        this.tree = tree;
    }

    /**
     * Reads a file.
     *
     * @throws StudyFileException where it is no YAML object, or states no corpus
     */
    public static StudyFile read(Path file) throws IOException {
        try (JsonParser parser = YAML.createParser(Files.readString(file))) {
            parser.setCodec(new ObjectMapper());
            StudyFile read = new StudyFile(file, PlacedTree.read(parser));
            read.requireObject();
            return read;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String sentence = e.getOriginalMessage().lines().findFirst().orElse("is no YAML");
            throw new StudyFileException(List.of(new FileProblem(file, line, "", sentence)));
        } catch (NoSuchFileException e) {
            throw new StudyFileException(List.of(new FileProblem(file, 0, "", "there is no such file")));
        }
    }

    /**
     * A study as options describe it.
     *
     * @param content as a file would have it
     */
    public static StudyFile of(Path named, ObjectNode content) {
        return new StudyFile(named, new PlacedTree(content, Map.of()));
    }

    private void requireObject() throws StudyFileException {
        if (!tree.root().isObject()) {
            throw new StudyFileException(List.of(new FileProblem(
                    file,
                    0,
                    "",
                    "is no study: it must have fields, as 'corpus: proteins.fasta.gz' and 'budget: 20m'")));
        }
        JsonNode corpus = tree.root().get(CORPUS);
        if (corpus == null || !(corpus.isTextual() || corpus.isObject())) {
            throw new StudyFileException(List.of(
                    problem(CORPUS, "corpus must be the id of a corpus, a FASTA file, or an object with sources")));
        }
    }

    /** The id of the corpus where the file names one that is there. */
    public Optional<String> corpusId() {
        JsonNode corpus = tree.root().path(CORPUS);
        return corpus.isTextual() && ID.matcher(corpus.textValue()).matches()
                ? Optional.of(corpus.textValue())
                : Optional.empty();
    }

    /** Body of {@code POST /corpora}. */
    public ObjectNode corpusRequest() {
        JsonNode corpus = tree.root().path(CORPUS);
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        if (corpus.isTextual()) {
            request.putArray(SOURCES).add(absolute(corpus.textValue()));
            return request;
        }
        request.setAll((ObjectNode) corpus);
        resolveSources(request);
        if (corpus.path(HELD_OUT) instanceof ObjectNode heldOut) {
            ObjectNode named = heldOut.deepCopy();
            resolveSources(named);
            request.set(HELD_OUT, named);
        }
        return request;
    }

    private void resolveSources(ObjectNode named) {
        JsonNode sources = named.path(SOURCES);
        if (sources.isTextual()) {
            named.putArray(SOURCES).add(absolute(sources.textValue()));
        } else if (sources.isArray()) {
            ArrayNode resolved = named.putArray(SOURCES);
            sources.forEach(source -> resolved.add(absolute(source.asText())));
        }
    }

    /** Body of {@code POST /studies} but for its corpus. */
    public ObjectNode studyRequest() {
        ObjectNode request = (ObjectNode) tree.root().deepCopy();
        request.remove(CORPUS);
        for (JsonNode evaluation : request.path("evaluations")) {
            if (evaluation.path("files") instanceof ObjectNode files) {
                files.properties().forEach(role -> role.setValue(absolute(role.getValue())));
            }
        }
        return request;
    }

    private JsonNode absolute(JsonNode files) {
        if (files.isTextual()) {
            return JsonNodeFactory.instance.textNode(absolute(files.textValue()));
        }
        if (!files.isArray()) {
            return files;
        }
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        files.forEach(file -> resolved.add(absolute(file)));
        return resolved;
    }

    /** The same with a field that the file leaves open. */
    public StudyFile withDefault(String field, JsonNode value) {
        if (tree.root().hasNonNull(field)) {
            return this;
        }
        ObjectNode content = tree.root().deepCopy();
        content.set(field, value);
        return new StudyFile(file, new PlacedTree(content, tree.lines()));
    }

    /** A problem with the line of its field. */
    public FileProblem problem(String field, String sentence) {
        return new FileProblem(file, tree.line(field), field, sentence);
    }

    private String absolute(String source) {
        if (ADDRESS.matcher(source).matches()) {
            return source;
        }
        Path folder = file.toAbsolutePath().getParent();
        return (folder == null ? Path.of(source) : folder.resolve(source))
                .normalize()
                .toString();
    }
}
