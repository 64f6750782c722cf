/** The trainer's REST: models out and in, and what is measured on request. */
@NullMarked
package org.plmfrontier.trainer.http;

import org.jspecify.annotations.NullMarked;
