package org.plmfrontier.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No call passes more than six arguments by position to code of the project; beyond that they have names, by a builder. */
class PositionalArgumentsTest {
    private static final int MOST = 6;
    private static final String OURS = "org.plmfrontier";

    @BeforeAll
    static void onlyWhatIsRead() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    }

    @Test
    void noCallHasMoreThanSix() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Project.ROOT)) {
            for (Path module : modules.toList()) {
                Path compiled = module.resolve("target/classes");
                if (Files.isDirectory(compiled)) {
                    found.addAll(tooMany(new ClassFileImporter().importPath(compiled), generated(module)));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theRuleBites() {
        assertThat(tooMany(new ClassFileImporter().importClasses(Seven.class, Caller.class), Set.of()))
                .singleElement()
                .asString()
                .contains("Seven");
    }

    private static List<String> tooMany(JavaClasses classes, Set<String> generated) {
        return classes.stream()
                .filter(caller -> !generated.contains(caller.getName().replaceFirst("\\$.*", "")))
                .flatMap(caller -> caller.getCodeUnitCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getPackageName().startsWith(OURS))
                .filter(call -> arguments(call) > MOST)
                .map(JavaCodeUnitAccess::getDescription)
                .sorted()
                .toList();
    }

    private static int arguments(JavaCodeUnitAccess<?> call) {
        // The compiler hands a constant its name and its place.
        boolean constant =
                call.getTargetOwner().isEnum() && call.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME);
        return call.getTarget().getRawParameterTypes().size() - (constant ? 2 : 0);
    }

    /** Names of the classes that a module's annotation processors make. */
    private static Set<String> generated(Path module) throws IOException {
        Path sources = module.resolve("target/generated-sources/annotations");
        if (!Files.isDirectory(sources)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> sources.relativize(file)
                            .toString()
                            .replaceFirst("\\.java$", "")
                            .replace(File.separatorChar, '.'))
                    .collect(Collectors.toSet());
        }
    }

    private record Seven(int a, int b, int c, int d, int e, int f, int g) {}

    private static final class Caller {
        private Seven call() {
            return new Seven(1, 2, 3, 4, 5, 6, 7);
        }
    }
}
