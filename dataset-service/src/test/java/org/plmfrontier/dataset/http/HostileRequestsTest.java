package org.plmfrontier.dataset.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.dataset.StackResource;
import org.plmfrontier.runtime.hostile.HostileRequests;

/** No request is the service's failure, and no answer shows its inside. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class HostileRequestsTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void everyOperationAnswersEveryHostileRequestWithWhatIsWrongWithTheRequest() throws Exception {
        HostileRequests requests = new HostileRequests(service, Map.of("id", "unknown"));
        assertThat(requests.failures()).isEmpty();
        assertThat(requests.sent()).isGreaterThan(300);
    }
}
