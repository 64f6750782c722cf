/** The token records of corpora, wherever they are kept. */
@NullMarked
package org.plmfrontier.trainer.tokenlog;

import org.jspecify.annotations.NullMarked;
