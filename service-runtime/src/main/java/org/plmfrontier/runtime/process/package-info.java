/** The process that a service is: how it starts, and what it says where it cannot. */
@NullMarked
package org.plmfrontier.runtime.process;

import org.jspecify.annotations.NullMarked;
