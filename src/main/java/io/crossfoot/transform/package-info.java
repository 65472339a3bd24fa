/**
 * Pure transforms from frame to frame, for {@code Dataset.transform}. None of them reads, writes, counts, looks at a
 * clock or needs a session; all work is Spark's, when the result is used.
 *
 * <pre>{@code
 * Dataset<Row> enriched = sales.transform(SalesEnrichment.with(customers));
 * }</pre>
 */
package io.crossfoot.transform;
