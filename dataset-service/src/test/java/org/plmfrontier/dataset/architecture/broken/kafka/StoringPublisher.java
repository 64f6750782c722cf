package org.plmfrontier.dataset.architecture.broken.kafka;

import org.plmfrontier.dataset.architecture.broken.db.Table;

/** Breaks the rule of adapters: it knows another one. */
final class StoringPublisher {
    private final Table table = new Table();

    Table table() {
        return table;
    }
}
