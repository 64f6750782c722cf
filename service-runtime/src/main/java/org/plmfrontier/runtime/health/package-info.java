/** Readiness of what every service has: its access and its start. */
@NullMarked
package org.plmfrontier.runtime.health;

import org.jspecify.annotations.NullMarked;
