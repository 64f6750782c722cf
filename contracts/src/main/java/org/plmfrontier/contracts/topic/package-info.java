/** Names of topics and the record form of the token log. */
@NullMarked
package org.plmfrontier.contracts.topic;

import org.jspecify.annotations.NullMarked;
