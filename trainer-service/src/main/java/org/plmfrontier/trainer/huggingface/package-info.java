/** Models as other software reads them: the layout of Hugging Face transformers, out of a state and into one. */
@NullMarked
package org.plmfrontier.trainer.huggingface;

import org.jspecify.annotations.NullMarked;
