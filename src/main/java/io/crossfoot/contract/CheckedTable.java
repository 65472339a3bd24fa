package io.crossfoot.contract;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table and the verdict of its contract on each row. Every row of the source is in it once.
 *
 * <pre>
 * source           customer_id | quantity      typed  customer_id | quantity | _crossfoot_accepted
 *                  "C001"      | "2.0"                C001        | 2        | true
 *                  "C002"      | "2.5"                C002        | null     | false
 * </pre>
 *
 * @param described the contract's columns in its order and types, extra columns that are kept, {@link #ACCEPTED}, and
 *     what quarantine keeps of a row: {@link #SOURCE_FILE}, {@link #SOURCE_OFFSET}, {@link #PROBLEMS}, {@link #ROW}; and
 *     {@link #UNSHOWN}
 * @param missing columns of the contract that the source does not have; their values are null
 * @param extra columns of the source that the contract does not name
 */
public record CheckedTable(Dataset<Row> described, List<String> missing, List<String> extra) {
    /** Whether the row keeps the contract: boolean, never null. */
    public static final String ACCEPTED = "_crossfoot_accepted";

    /** The file that the row comes from: string. */
    public static final String SOURCE_FILE = "_crossfoot_source_file";

    /** Where in the file, unpacked, it begins, in bytes from 0: bigint, null where the format does not know. */
    public static final String SOURCE_OFFSET = "_crossfoot_source_offset";

    /** What is wrong with the row: array of structs of reason, column and value, all strings. */
    public static final String PROBLEMS = "_crossfoot_problems";

    /** The row as it came: a JSON object of its columns, or the line itself when it could not be taken apart. */
    public static final String ROW = "_crossfoot_row";

    /** A column of the row that is neither in the contract nor in {@link #extra}, as no sample had shown it; else null. */
    public static final String UNSHOWN = "_crossfoot_unshown";

    public CheckedTable {
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
    }

    /** Returns the typed columns and {@link #ACCEPTED}. */
    public Dataset<Row> typed() {
        return countable().drop(UNSHOWN);
    }

    /** Returns the typed columns, {@link #ACCEPTED} and {@link #UNSHOWN}: what a run counts. */
    public Dataset<Row> countable() {
        return described.drop(SOURCE_FILE, SOURCE_OFFSET, PROBLEMS, ROW);
    }

    /** Returns what quarantine keeps of the rows that break the contract. */
    public Dataset<Row> rejected() {
        return described.filter(not(col(ACCEPTED))).select(SOURCE_FILE, SOURCE_OFFSET, PROBLEMS, ROW);
    }
}
