package org.plmfrontier.dataset.corpus;

import org.plmfrontier.dataset.fasta.SequenceFile;
import org.plmfrontier.dataset.identity.IdentityTools;
import org.plmfrontier.dataset.source.Sources;

/**
 * What builds need of the world. Thread-safe.
 *
 * @param sources where files come from
 * @param files how they are decompressed
 * @param identity how proteins are compared
 */
public record BuildTools(Sources sources, SequenceFile files, IdentityTools identity) {}
