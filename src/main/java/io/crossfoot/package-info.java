/**
 * Crossfoot: sales enriched with customers on Apache Spark, in runs that add up.
 *
 * <p>To enrich frames inside another job, start with {@link io.crossfoot.transform.SalesEnrichment}. To run the whole
 * pipeline from files to files, start with {@link io.crossfoot.Pipeline}. Data goes one way through the packages, and
 * each knows only those before it:
 *
 * <pre>
 * error → storage → csv → source → catalog → contract → crawl → transform → lineage → quality → sink → state → report → config
 *   → Pipeline → cli, glue
 * </pre>
 *
 * <ul>
 *   <li>{@code storage} finds the file system of a path
 *   <li>{@code csv} makes values of the bytes of CSV files
 *   <li>{@code source} finds files and hands out their rows as they came
 *   <li>{@code catalog} knows tables by name: where their files lie and how they are written
 *   <li>{@code contract} types each row exactly, or sets it apart with the reason
 *   <li>{@code crawl} finds tables in folders and describes them in a catalog
 *   <li>{@code transform} joins without gain or loss and multiplies without rounding
 *   <li>{@code lineage} reads in the plan of Spark where each column comes from
 *   <li>{@code quality} balances the account of the run, and judges tables by rules
 *   <li>{@code sink} stages files and publishes them so that a kill at any point is repaired by the next run
 *   <li>{@code state} knows which files of the sales have been read, and by which run
 *   <li>{@code report} keeps the account
 *   <li>{@code config} makes settings of flags, files and the environment
 * </ul>
 *
 * Beside them, {@code tally} adds rows up while Spark writes them, and {@code doctor} looks at what Crossfoot runs on.
 *
 * Nothing is null unless it says so; null data is spelled out for each rule.
 */
package io.crossfoot;
