/** How likely models find proteins: perplexity under several maskings, and pseudo-perplexity. */
@NullMarked
package org.plmfrontier.trainer.likelihood;

import org.jspecify.annotations.NullMarked;
