/**
 * What rows come to by the values of a column, added up by the tasks that write them, so that nobody reads them again for it.
 *
 * <p>An observation of Spark cannot group. Here the file format does it: {@link io.crossfoot.tally.TalliedParquet} writes what
 * Spark's own Parquet writes, and adds each row to a {@link io.crossfoot.tally.Tally} on the way. Spark counts a task that it
 * runs twice once.
 */
package io.crossfoot.tally;
