package org.plmfrontier.fitting.table;

/**
 * Where a column stands.
 *
 * @param index place in the row, from 0
 * @param scale by what its numbers are multiplied
 */
record Place(int index, Scale scale) {}
