package org.plmfrontier.fitting.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plmfrontier.fitting.PlantedStudy;
import org.plmfrontier.fitting.ServiceTest;
import org.plmfrontier.runtime.hostile.HostileRequests;

/** No request is the service's failure, and no answer tells of its inside. */
@QuarkusTest
class HostileRequestsTest extends ServiceTest {
    @TestHTTPResource("/")
    URI service;

    @Test
    void everyOperationAnswersEveryHostileRequestWithWhatIsWrongWithTheRequest() throws Exception {
        publishAndAwait(PlantedStudy.ofMany("hostile-known", 2, 30, 5));
        HostileRequests requests = new HostileRequests(service, Map.of("id", "hostile-known"));
        assertThat(requests.failures()).isEmpty();
        assertThat(requests.sent()).isGreaterThan(500);
        given().get("/studies/hostile-known").then().statusCode(200);
        await().atMost(TIMEOUT).until(() -> given().get("/q/health/ready").statusCode() == 200);
    }
}
