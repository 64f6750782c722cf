/** Hashes of 128 bits, and which of them come twice. */
@NullMarked
package org.plmfrontier.dataset.fingerprint;

import org.jspecify.annotations.NullMarked;
