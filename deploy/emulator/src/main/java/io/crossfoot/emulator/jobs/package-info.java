/** Glue jobs: runs that really run, with retries, time limits, logs and bookmarks. Definitions are moto's. */
package io.crossfoot.emulator.jobs;
