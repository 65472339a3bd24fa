/**
 * Whether a run may be published: its account must balance, not too many rows may be in quarantine, and the tables must
 * keep their rules.
 *
 * <p>Rules are read by the published parser of DQDL and measured by aggregates of Spark's own, most of them while the
 * rows pass, so that they cost no pass of their own; Deequ, which would read the staged output again, is made for Scala
 * 2.12 and cannot be loaded by the Spark of Glue 6.0. One mechanism on every line is worth more than the few rules
 * that it refuses.
 */
package io.crossfoot.quality;
