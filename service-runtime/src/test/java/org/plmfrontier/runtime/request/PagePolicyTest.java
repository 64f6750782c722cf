package org.plmfrontier.runtime.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PagePolicyTest {
    /** SHA-256 of "alert(1)" and of "p{}", from openssl dgst -sha256 -binary, base64. */
    private static final String ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";

    private static final String PAGE = """
            <script src="/a.js"></script>
            <script type="application/json" id="data">{"x": 1}</script>
            <script>alert(1)</script>
            """;

    @Test
    void whatStandsInThePageIsAllowedByItsHashAndNothingElseInline() {
        String policy = PagePolicy.of(PAGE);
        assertThat(policy)
                .contains("script-src 'self' " + ALERT + ";", "frame-ancestors 'none'", "default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(policy.split("sha256-", -1)).as("one hash").hasSize(2);
    }

    @Test
    void aSingleFileLoadsNothing() {
        assertThat(PagePolicy.ofSingleFile(PAGE + "<style>p{}</style>"))
                .contains(ALERT, "style-src 'sha256-")
                .doesNotContain("connect-src", "script-src 'self'");
    }
}
