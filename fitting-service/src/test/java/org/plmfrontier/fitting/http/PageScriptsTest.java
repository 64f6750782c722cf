package org.plmfrontier.fitting.http;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.plmfrontier.runtime.script.PageScripts;

/** The page's scripts by themselves, outside of a browser; the tests are in src/test/js. */
class PageScriptsTest {
    private final PageScripts scripts = new PageScripts(Path.of(""));

    @Test
    void passTheirUnitTests() throws Exception {
        scripts.passTheirTests();
    }

    @Test
    void passTheLinter() throws Exception {
        scripts.passTheLinter();
    }
}
