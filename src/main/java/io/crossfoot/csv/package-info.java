/**
 * CSV straight from bytes to the column vectors of Spark, strictly: a value is exactly what its text says, or it is none.
 *
 * <p>A {@link io.crossfoot.csv.CsvSpec} says what is read; a {@link io.crossfoot.csv.CsvTable} reads it. Within a task,
 * {@code CsvBytes} reads a range of a file and {@code CsvRecord} takes its records apart into the places of their values,
 * those without quotes by what {@code CsvEnds} has found ahead; {@code CsvFields} keeps those of a batch, column by
 * column; a {@code CsvColumn} makes values of the places of its column. Files are neither found nor are their headers read
 * here: that is done by {@link io.crossfoot.source}.
 */
package io.crossfoot.csv;
