/** Reading topics from one offset to another, without a consumer group. */
@NullMarked
package org.plmfrontier.launcher.topic;

import org.jspecify.annotations.NullMarked;
