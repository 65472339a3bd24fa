/** What answers queries with Spark SQL, in a process of its own. Knows nothing of the endpoint. */
package io.crossfoot.emulator.engine;
