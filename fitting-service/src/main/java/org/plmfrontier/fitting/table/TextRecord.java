package org.plmfrontier.fitting.table;

/**
 * Cells between two line ends that no quotes enclose.
 *
 * @param line line in the file on which it begins, the first is 1
 * @param cells trimmed; not to be changed
 */
record TextRecord(int line, String[] cells) {}
