package org.plmfrontier.runtime.script;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that is broken does not pass. */
class PageScriptsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path root;

    private PageScripts scripts = new PageScripts(ROOT);

    @BeforeEach
    void aProjectWithOneScript() throws Exception {
        scripts.requireNode();
        scripts = new PageScripts(root.resolve("service"));
        write("package.json", "{\"name\": \"plm\", \"type\": \"module\"}");
        write("service/src/main/resources/META-INF/resources/page/sum.js", "export const sum = (a, b) => a + b;\n");
        write("service/src/test/js/sum.test.js", test("3"));
    }

    @Test
    void aScriptThatDoesWhatItsTestSaysPasses() throws Exception {
        scripts.passTheirTests();
    }

    @Test
    void aScriptThatDoesSomethingElseFailsAndTheMessageSaysWhat() throws Exception {
        write("service/src/main/resources/META-INF/resources/page/sum.js", "export const sum = (a, b) => a - b;\n");
        assertThatThrownBy(scripts::passTheirTests)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("not ok 1 - adds")
                .hasMessageContaining("sum.test.js");
    }

    @Test
    void aScriptThatDoesNotParseFails() throws Exception {
        write("service/src/main/resources/META-INF/resources/page/sum.js", "export const sum = (a, b => a;\n");
        assertThatThrownBy(scripts::passTheirTests)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("SyntaxError");
    }

    @Test
    void theLinterPassesWhatIsInOrderAndRefusesANameThatDoesNotExist() throws Exception {
        Path modules = ROOT.resolve("node_modules");
        assumeTrue(Files.exists(modules.resolve("eslint")), "ESLint is not installed: npm ci");
        Files.createSymbolicLink(root.resolve("node_modules"), modules);
        Files.copy(ROOT.resolve("eslint.config.js"), root.resolve("eslint.config.js"));
        scripts.passTheLinter();
        write("service/src/main/resources/META-INF/resources/page/sum.js", "export const sum = (a) => a + b;\n");
        assertThatThrownBy(scripts::passTheLinter)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'b' is not defined");
    }

    private static String test(String expected) {
        return """
                import assert from "node:assert/strict";
                import { test } from "node:test";
                import { sum } from "../../main/resources/META-INF/resources/page/sum.js";

                test("adds", () => assert.equal(sum(1, 2), %s));
                """.formatted(expected);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
