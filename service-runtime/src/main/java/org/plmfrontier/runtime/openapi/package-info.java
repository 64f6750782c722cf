/**
 * The OpenAPI document of a service, completed when the service is built: words of the Javadoc, names that are told apart, and
 * recorded examples.
 */
@NullMarked
package org.plmfrontier.runtime.openapi;

import org.jspecify.annotations.NullMarked;
