package io.crossfoot.report;

/**
 * A quarantined row, as a report shows it: personal values are masked.
 *
 * @param column the column that is wrong first; null where the whole row is
 * @param value its value; null where it has none
 * @param file the name of the file that the row comes from
 * @param row the row as it came
 */
public record QuarantineSample(String table, String reason, String column, String value, String file, String row) {}
