package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.plmfrontier.runtime.browser.Chromium;

/** Swagger UI under the headers that every answer has, in a browser. */
@QuarkusTest
class SwaggerUiTest extends PageTest {
    private static final String SCRIPT = "script-src 'self'";

    @Test
    void itsPolicyLetsNothingComeFromElsewhere() {
        given().get("/q/swagger-ui/")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString(SCRIPT))
                .header("Content-Security-Policy", containsString("connect-src 'self'"))
                .header("Content-Security-Policy", not(containsString("unsafe-eval")))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void itShowsTheOperationsAndSendsRequests() throws Exception {
        Path binary = Chromium.find().orElseThrow();
        try (Chromium chromium = Chromium.open(binary, service + "q/swagger-ui/")) {
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelectorAll('.opblock').length")
                                    .asInt()
                            > 20);
            chromium.evaluate("document.querySelector('#operations-studies-listStudies button').click()");
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelector('.try-out__btn') !== null")
                            .asBoolean());
            chromium.evaluate("document.querySelector('.try-out__btn').click()");
            await().atMost(TIMEOUT)
                    .until(() -> chromium.evaluate("document.querySelector('.btn.execute') !== null")
                            .asBoolean());
            chromium.evaluate("document.querySelector('.btn.execute').click()");
            await().atMost(TIMEOUT)
                    .until(() -> chromium.text(
                                    "document.querySelector('.live-responses-table tr.response .response-col_status')?.textContent")
                            .startsWith("200"));
            assertThat(chromium.text("document.querySelector('.request-url pre').textContent"))
                    .startsWith(service.toString());
        }
    }
}
