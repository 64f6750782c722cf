package org.plmfrontier.launcher.screen;

import org.plmfrontier.stack.kafka.EmbeddedKafka;

/** A class that breaks the rule on purpose. */
public record ScreenThatKnowsKafka(EmbeddedKafka kafka) {}
