/** The Glue Data Catalog and what hangs on its tables. */
package io.crossfoot.emulator.catalog;
