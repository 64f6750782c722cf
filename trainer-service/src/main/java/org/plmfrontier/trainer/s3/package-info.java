/** Checkpoints in an S3-compatible bucket. */
@NullMarked
package org.plmfrontier.trainer.s3;

import org.jspecify.annotations.NullMarked;
