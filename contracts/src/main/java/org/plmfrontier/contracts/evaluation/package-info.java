/** What models are measured by beside their loss: variant effects, structure, contacts, perplexity. */
@NullMarked
package org.plmfrontier.contracts.evaluation;

import org.jspecify.annotations.NullMarked;
