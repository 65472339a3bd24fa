/** Athena: queries checked by its grammar, answered by Spark over the Data Catalog, with results in S3. */
package io.crossfoot.emulator.athena;
