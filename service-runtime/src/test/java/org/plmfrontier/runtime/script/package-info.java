/** Runs the unit tests and the linter of a service's page scripts by Node; services take it as a test-jar. */
package org.plmfrontier.runtime.script;
