/** JSON over HTTP to the services. */
@NullMarked
package org.plmfrontier.launcher.rest;

import org.jspecify.annotations.NullMarked;
