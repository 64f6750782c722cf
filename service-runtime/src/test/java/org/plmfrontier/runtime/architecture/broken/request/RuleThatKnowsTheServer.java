package org.plmfrontier.runtime.architecture.broken.request;

import io.vertx.core.http.HttpServerRequest;

/** Breaks the rule that the package request knows plain Java only. */
final class RuleThatKnowsTheServer {
    private RuleThatKnowsTheServer() {}

    static String host(HttpServerRequest request) {
        return request.authority().host();
    }
}
