package org.plmfrontier.contracts.architecture;

import com.fasterxml.jackson.databind.ObjectMapper;

/** A class that breaks the rule on purpose. */
record DomainThatKnowsJson(ObjectMapper mapper) {}
