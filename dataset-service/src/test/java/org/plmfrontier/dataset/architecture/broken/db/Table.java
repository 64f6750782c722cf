package org.plmfrontier.dataset.architecture.broken.db;

/** A thing of the database. */
public final class Table {}
