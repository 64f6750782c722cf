/** A table of hostile requests, thrown at every operation of a service's OpenAPI document; services take it as a test-jar. */
package org.plmfrontier.runtime.hostile;
