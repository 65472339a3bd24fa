/**
 * Where tables are described: which files they lie in, of which format, with which columns.
 *
 * <p>{@link io.crossfoot.catalog.Catalog} is the port. What stands in it has the shape that a crawler of AWS Glue gives
 * it, whichever catalog it is, so that a table means the same to Crossfoot, to Glue and to Athena.
 */
package io.crossfoot.catalog;
