/** Java processes that do the real work: jobs, crawls, queries and functions. */
package io.crossfoot.emulator.child;
