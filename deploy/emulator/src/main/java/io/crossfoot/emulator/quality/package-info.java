/** Glue Data Quality: rulesets evaluated on tables of the Data Catalog. */
package io.crossfoot.emulator.quality;
