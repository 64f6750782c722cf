import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes what Javadoc says of records, enums and REST methods as JSON, so that the OpenAPI document says the same words. A step of the
 * build of each service; the class {@code DocumentedApi} of service-runtime reads the result.
 *
 * <p>Arguments: the file to write, then folders of sources. Types stand under their simple name, each with a list of all types of that
 * name. A type has a {@code name} that no other has, {@code description}, the {@code constants} of an enum, the {@code choices} of a sealed
 * interface, by their names, and {@code fields}: of each JSON property its {@code description} (empty where Javadoc has none) and whether
 * it is {@code nullable}. Methods with {@code @Operation(operationId)} stand under that id with {@code description} and
 * {@code parameters}.
 */
public final class ApiDescriptions {
    private final Map<String, List<Type>> types = new TreeMap<>();
    private final Map<String, Map<String, Object>> operations = new TreeMap<>();

    /** A property; one that is unwrapped stands for those of its type. */
    private record Field(String name, String description, boolean nullable, Optional<String> unwrapped) {}

    /**
     * A record, an enum or a sealed interface.
     *
     * @param path names of the types around it, outermost first, and its own
     * @param implemented simple names of what it implements
     */
    private record Type(
            List<String> path, String description, List<Field> fields, List<String> constants, List<String> implemented) {
        /** Name in the document: a nested type by the one around it too, but for those of a resource. */
        String name() {
            String own = path.getLast();
            if (path.size() == 1 || path.get(path.size() - 2).endsWith("Resource")) {
                return own;
            }
            String around = path.get(path.size() - 2).replaceFirst("View$", "");
            return own.startsWith(around) ? own : around + own;
        }
    }

    private ApiDescriptions() {}

    public static void main(String[] arguments) throws IOException {
        ApiDescriptions descriptions = new ApiDescriptions();
        List<Path> files = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            try (Stream<Path> found = Files.walk(Path.of(arguments[i]))) {
                found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        descriptions.read(files);
        Path out = Path.of(arguments[0]);
        Files.createDirectories(out.getParent());
        Files.writeString(out, Json.of(Map.of("types", descriptions.types(), "operations", descriptions.operations)) + "\n");
    }

    private void read(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Scanner(docs).scan(unit, null);
            }
        }
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> path = new ArrayList<>();

        Scanner(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (type.getSimpleName().isEmpty()) {
                return null;
            }
            path.add(type.getSimpleName().toString());
            if (type.getKind() == Tree.Kind.RECORD
                    || type.getKind() == Tree.Kind.ENUM
                    || type.getModifiers().getFlags().contains(Modifier.SEALED)) {
                add(type, docs.getDocCommentTree(getCurrentPath()));
            }
            super.visitClass(type, nothing);
            path.removeLast();
            return null;
        }

        private void add(ClassTree type, DocCommentTree doc) {
            List<Field> fields = new ArrayList<>();
            Map<String, String> said = parameters(doc);
            for (Tree member : type.getMembers()) {
                if (member instanceof VariableTree component && isComponent(type, component)) {
                    String name = component.getName().toString();
                    List<? extends AnnotationTree> annotations = component.getModifiers().getAnnotations();
                    fields.add(new Field(
                            argument(annotations, "JsonProperty", "value").orElse(name),
                            said.getOrDefault(name, ""),
                            nullable(component),
                            has(annotations, "JsonUnwrapped") ? Optional.of(simple(component.getType())) : Optional.empty()));
                } else if (member instanceof MethodTree method && has(method.getModifiers().getAnnotations(), "JsonProperty")) {
                    String name = argument(method.getModifiers().getAnnotations(), "JsonProperty", "value")
                            .orElse(method.getName().toString());
                    String about = text(docs.getDocCommentTree(new TreePath(getCurrentPath(), method)));
                    fields.add(new Field(name, about, false, Optional.empty()));
                }
            }
            StringBuilder about = new StringBuilder(text(doc));
            List<String> constants = new ArrayList<>();
            for (Tree member : type.getKind() == Tree.Kind.ENUM ? type.getMembers() : List.<Tree>of()) {
                if (member instanceof VariableTree constant && simple(constant.getType()).equals(path.getLast())) {
                    constants.add(constant.getName().toString());
                    String meaning = text(docs.getDocCommentTree(new TreePath(getCurrentPath(), member)));
                    about.append(meaning.isEmpty() ? "" : " `" + constants.getLast() + "`: " + meaning);
                }
            }
            List<String> implemented = type.getImplementsClause().stream().map(ApiDescriptions::simple).toList();
            types.computeIfAbsent(path.getLast(), unused -> new ArrayList<>())
                    .add(new Type(List.copyOf(path), about.toString().strip(), fields, constants, implemented));
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            argument(method.getModifiers().getAnnotations(), "Operation", "operationId").ifPresent(id -> {
                DocCommentTree doc = docs.getDocCommentTree(getCurrentPath());
                Map<String, Object> about = new LinkedHashMap<>();
                about.put("description", text(doc));
                about.put("parameters", parameters(doc));
                if (operations.put(id, about) != null) {
                    throw new IllegalStateException("two operations are called " + id);
                }
            });
            return super.visitMethod(method, nothing);
        }
    }

    private static boolean isComponent(ClassTree type, VariableTree member) {
        return type.getKind() == Tree.Kind.RECORD && !member.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** Annotations of a type stand before it, so the parser takes them for those of the component. */
    private static boolean nullable(VariableTree component) {
        return has(component.getModifiers().getAnnotations(), "Nullable") || component.getType().toString().contains("@Nullable");
    }

    private static String simple(Tree type) {
        return type.toString().replaceAll("@\\w+(\\([^)]*\\))?\\s*", "").replaceFirst(".*\\.", "");
    }

    private static boolean has(List<? extends AnnotationTree> annotations, String name) {
        return annotations.stream().anyMatch(one -> simple(one.getAnnotationType()).equals(name));
    }

    private static Optional<String> argument(List<? extends AnnotationTree> annotations, String annotation, String name) {
        for (AnnotationTree one : annotations) {
            if (simple(one.getAnnotationType()).equals(annotation)) {
                for (ExpressionTree argument : one.getArguments()) {
                    if (argument instanceof AssignmentTree assigned
                            && assigned.getVariable().toString().equals(name)
                            && assigned.getExpression() instanceof com.sun.source.tree.LiteralTree literal) {
                        return Optional.of(String.valueOf(literal.getValue()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> parameters(DocCommentTree doc) {
        Map<String, String> said = new LinkedHashMap<>();
        if (doc != null) {
            for (DocTree tag : doc.getBlockTags()) {
                if (tag instanceof ParamTree parameter) {
                    said.put(parameter.getName().toString(), text(parameter.getDescription()));
                }
            }
        }
        return said;
    }

    private static String text(DocCommentTree doc) {
        return doc == null ? "" : text(doc.getFullBody());
    }

    /** Javadoc as Markdown on one line, without drawings: code stays code, a link is the name that it leads to. */
    private static String text(List<? extends DocTree> parts) {
        StringBuilder text = new StringBuilder();
        boolean drawing = false;
        for (DocTree part : parts) {
            if (part instanceof StartElementTree start && start.getName().contentEquals("pre")) {
                drawing = true;
            } else if (part instanceof EndElementTree end && end.getName().contentEquals("pre")) {
                drawing = false;
            }
            if (drawing) {
                continue;
            }
            switch (part) {
                case TextTree plain -> text.append(plain.getBody());
                case LiteralTree literal when literal.getKind() == DocTree.Kind.CODE ->
                    text.append('`').append(literal.getBody().getBody()).append('`');
                case LiteralTree literal -> text.append(literal.getBody().getBody());
                case EntityTree entity -> text.append(entity.getName().contentEquals("lt") ? "<" : entity.getName().contentEquals("gt") ? ">" : "&");
                case LinkTree link when link.getLabel().isEmpty() -> text.append(linked(link.getReference().getSignature()));
                case LinkTree link -> text.append(text(link.getLabel()));
                default -> text.append(' ');
            }
        }
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static String linked(String signature) {
        return "`" + signature.replaceFirst("\\(.*", "").replaceFirst(".*[.#]", "") + "`";
    }

    /** The types as they are written, with what is unwrapped in its place. */
    private Map<String, List<Map<String, Object>>> types() {
        Map<String, List<Map<String, Object>>> written = new TreeMap<>();
        types.forEach((name, all) -> written.put(name, all.stream().map(this::written).toList()));
        return written;
    }

    private Map<String, Object> written(Type type) {
        Map<String, Object> fields = new LinkedHashMap<>();
        expanded(type, false).forEach(field -> {
            Map<String, Object> about = new LinkedHashMap<>();
            about.put("description", field.description());
            about.put("nullable", field.nullable());
            fields.put(field.name(), about);
        });
        List<String> choices = types.values().stream()
                .flatMap(List::stream)
                .filter(other -> other.implemented().contains(type.path().getLast()))
                .filter(other -> other.path().size() > 1 && other.path().getFirst().equals(type.path().getFirst()))
                .map(Type::name)
                .toList();
        return Map.of(
                "name", type.name(),
                "description", type.description(),
                "fields", fields,
                "constants", type.constants(),
                "choices", choices);
    }

    private List<Field> expanded(Type type, boolean nullable) {
        List<Field> all = new ArrayList<>();
        for (Field field : type.fields()) {
            if (field.unwrapped().isEmpty()) {
                all.add(nullable ? new Field(field.name(), field.description(), true, Optional.empty()) : field);
            } else {
                all.addAll(expanded(nearest(field.unwrapped().get(), type.path()), nullable || field.nullable()));
            }
        }
        return all;
    }

    /** Of the types of a simple name the one that shares most of the path. */
    private Type nearest(String simpleName, List<String> from) {
        return types.values().stream()
                .flatMap(List::stream)
                .filter(type -> type.path().getLast().equals(simpleName))
                .max((one, other) -> Integer.compare(shared(one.path(), from), shared(other.path(), from)))
                .orElseThrow(() -> new IllegalStateException(from + " unwraps " + simpleName + ", which is no record here"));
    }

    private static int shared(List<String> one, List<String> other) {
        int shared = 0;
        while (shared < Math.min(one.size(), other.size()) && one.get(shared).equals(other.get(shared))) {
            shared++;
        }
        return shared;
    }

    /** JSON of maps, lists, text and truth values. */
    private static final class Json {
        static String of(Object value) {
            return switch (value) {
                case Map<?, ?> map -> joined(new TreeMap<>(map).entrySet().stream()
                        .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + of(entry.getValue())), "{", "}");
                case List<?> list -> joined(list.stream().map(Json::of), "[", "]");
                case Boolean truth -> truth.toString();
                default -> quoted(String.valueOf(value));
            };
        }

        private static String joined(Stream<String> parts, String begin, String end) {
            return begin + String.join(",\n", parts.toList()) + end;
        }

        private static String quoted(String text) {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
