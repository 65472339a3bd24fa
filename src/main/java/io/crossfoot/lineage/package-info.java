/** Where each column of an output comes from, as the plan says that Spark carries out. */
package io.crossfoot.lineage;
