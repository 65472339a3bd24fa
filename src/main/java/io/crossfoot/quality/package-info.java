/**
 * Whether a run may be published: its account must balance, not too many rows may be in quarantine, and the tables must
 * keep their rules.
 *
 * <p>Rules are read by the published parser of DQDL and measured by aggregates of Spark's own, most of them while the
 * rows are written, so that they cost no pass of their own; Deequ would read the staged output again. Its latest release
 * is for Spark 3.5 and Scala 2.12, and one mechanism on every line is worth more than the few rules that it refuses. Where
 * Deequ can be loaded, a test has it judge the same rules on the same rows, and names what is judged otherwise on purpose.
 */
package io.crossfoot.quality;
