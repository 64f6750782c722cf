package org.plmfrontier.contracts.wire;

import org.junit.jupiter.api.TestInfo;

/** A class that breaks the rule on purpose. */
public record WireThatKnowsJunit(TestInfo info) {}
