/** Sources in S3-compatible buckets. */
@NullMarked
package org.plmfrontier.dataset.s3;

import org.jspecify.annotations.NullMarked;
