package io.crossfoot.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.spark.sql.types.DataType;

/** What does not fit in the rows of a batch: the first thing of each row, or the end of the scan. */
final class CsvMisfits {
    static final String MALFORMED = "malformed record";
    private static final int LONGEST_SHOWN = 100;

    private final CsvSpec spec;
    private final Problem[] problems;
    private String path = "";
    private boolean any;

    /** @param column null when it is the record as a whole */
    record Problem(String reason, String column, byte[] value) {}

    CsvMisfits(CsvSpec spec, int rows) {
        this.spec = spec;
        this.problems = new Problem[spec.misfits() == CsvSpec.Misfits.MARK ? rows : 0];
    }

    /** From now on rows are those of another file. */
    void in(String file) {
        path = file;
    }

    void clear() {
        if (any) {
            Arrays.fill(problems, null);
            any = false;
        }
    }

    /** Returns the problem of a row; null when it has none. */
    Problem of(int row) {
        return any ? problems[row] : null;
    }

    /** Returns whether somebody is told of them, rather than left to find null in their place. */
    boolean areFound() {
        return spec.misfits() != CsvSpec.Misfits.NULL;
    }

    void inexact(int row, CsvSpec.Column column, DataType type, byte[] value, long offset) {
        if (areFound()) {
            found(row, new Problem("not an exact " + type.sql(), column.name(), value), offset);
        }
    }

    void undecodable(int row, CsvSpec.Column column, byte[] text, long offset) {
        found(row, new Problem("not UTF-8", column.name(), text), offset);
    }

    void missing(int row, CsvSpec.Column column, long offset) {
        if (areFound()) {
            found(row, new Problem("no value, schema says NOT NULL", column.name(), null), offset);
        }
    }

    void malformed(CsvFields fields) {
        if (!areFound() || fields.malformedRows() == 0) {
            return;
        }
        for (int row = 0; row < fields.rows(); row++) {
            if (fields.isMalformed(row)) {
                byte[] text = Arrays.copyOfRange(fields.bytes(), fields.start(row), fields.end(row));
                found(row, new Problem(MALFORMED, null, text), fields.offset(fields.start(row)));
            }
        }
    }

    /** A zero byte is no text, and whoever reads on would read garbage. */
    void zero(long offset) {
        throw new IllegalArgumentException(
                "Cannot read %s: %s is not UTF-8 text: byte %d is zero; is it binary, or UTF-16?"
                        .formatted(spec.table(), path, offset));
    }

    private void found(int row, Problem problem, long offset) {
        if (spec.misfits() == CsvSpec.Misfits.FAIL) {
            throw new IllegalArgumentException("Cannot read %s: %s: %s%s%s; mend it, or read with mode MARK (byte %d)"
                    .formatted(
                            spec.table(),
                            path,
                            problem.reason(),
                            problem.column() == null ? "" : " (" + problem.column() + ")",
                            problem.value() == null ? "" : ": " + shown(problem.value()),
                            offset));
        }
        if (problems[row] == null) {
            problems[row] = problem;
            any = true;
        }
    }

    private static String shown(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text) + "'";
    }
}
