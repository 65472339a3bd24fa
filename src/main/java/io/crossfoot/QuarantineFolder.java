package io.crossfoot;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.crossfoot.contract.CheckedTable;
import io.crossfoot.error.StorageFault;
import io.crossfoot.report.RunReport.QuarantinedRows;
import io.crossfoot.source.Identifier;
import io.crossfoot.source.LiteralPath;
import io.crossfoot.transform.Lookup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The quarantined rows of a run, as JSON lines that people and any reader can read.
 *
 * <pre>
 * run_id, table, source_file   where the row comes from
 * source_offset                where in the unpacked file it begins, in bytes from 0; CSV only
 * reason, column, value        what is wrong with it first
 * also                         what else is wrong with it, in the same three words
 * row                          the row as it came
 * </pre>
 *
 * Writing it reads the sources again; a run that quarantines nothing does not write it. A row may be mended in place, and
 * replayed.
 */
record QuarantineFolder(String path, String runId) {
    /** How many reasons are told apart. */
    static final int MOST = 1_000;

    static final String DIFFERENT_ROWS = "different rows for one key";

    /** Returns rows that broke their contract, as quarantine keeps them. */
    Dataset<Row> rows(String table, Dataset<Row> rejected) {
        return rejected.select(
                lit(runId).as("run_id"),
                lit(table).as("table"),
                col(CheckedTable.SOURCE_FILE).as("source_file"),
                col(CheckedTable.SOURCE_OFFSET).as("source_offset"),
                problem("[0].reason").as("reason"),
                problem("[0].column").as("column"),
                problem("[0].value").as("value"),
                expr("slice(%1$s, 2, size(%1$s))".formatted(CheckedTable.PROBLEMS))
                        .as("also"),
                col(CheckedTable.ROW).as("row"));
    }

    private static Column problem(String part) {
        return expr(CheckedTable.PROBLEMS + part);
    }

    /** Returns accepted lookup rows whose key belongs to different rows. */
    static Dataset<Row> conflicting(CheckedTable lookup, Dataset<Row> groups, List<String> keys) {
        String[] names = keys.stream().map(key -> "_crossfoot_conflict_" + key).toArray(String[]::new);
        Dataset<Row> conflicts = groups.filter(col(Lookup.CONFLICT));
        Dataset<Row> rows = lookup.described().filter(col(CheckedTable.ACCEPTED));
        Column value = concat_ws(", ", keys.stream().map(Identifier::column).toArray(Column[]::new));
        for (int i = 0; i < names.length; i++) {
            conflicts = conflicts.withColumn(names[i], Identifier.column(keys.get(i)));
            rows = rows.withColumn(names[i], Identifier.column(keys.get(i)).cast("string"));
        }
        Column problem = struct(
                lit(DIFFERENT_ROWS).as("reason"), lit(String.join(", ", keys)).as("column"), value.as("value"));
        return rows.join(conflicts.select(columns(names)), names, "left_semi")
                .withColumn(CheckedTable.PROBLEMS, array(problem))
                .select(CheckedTable.SOURCE_FILE, CheckedTable.SOURCE_OFFSET, CheckedTable.PROBLEMS, CheckedTable.ROW);
    }

    /** Removes what an earlier run of this id has set apart. */
    void clear(Configuration hadoop) {
        try {
            Path folder = new Path(path);
            folder.getFileSystem(hadoop).delete(folder, true);
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "clear the quarantine " + path, "");
        }
    }

    void write(Dataset<Row> rows, Configuration hadoop) {
        rows.write()
                .mode(SaveMode.Overwrite)
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
                .json(path);
        forgetChecksums(hadoop);
    }

    /** A row may be mended by an editor: what Hadoop keeps beside a local file to check it would then refuse the file. */
    private void forgetChecksums(Configuration hadoop) {
        try {
            Path folder = new Path(path);
            if (folder.getFileSystem(hadoop) instanceof ChecksumFileSystem local) {
                for (FileStatus file : local.listStatus(folder)) {
                    local.getRawFileSystem().delete(local.getChecksumFile(file.getPath()), false);
                }
            }
        } catch (IOException failed) {
            throw StorageFault.writing(failed, "write the quarantine " + path, "");
        }
    }

    /**
     * Counts what was written, by table, reason and column, from the files. Where these are more than {@value #MOST}, as when
     * every row has a column of its own, the others of a table are counted together: no run holds as much as its data says.
     */
    List<QuarantinedRows> counts(SparkSession spark) {
        StructType schema = StructType.fromDDL("`table` STRING, reason STRING, `column` STRING");
        Dataset<Row> reasons = spark.read()
                .schema(schema)
                .json(LiteralPath.of(path))
                .groupBy("table", "reason", "column")
                .agg(count(lit(1)).as("rows"));
        List<QuarantinedRows> frequent = new ArrayList<>(reasons
                .orderBy(col("rows").desc(), col("table"), col("reason"), col("column"))
                .limit(MOST + 1)
                .collectAsList()
                .stream()
                .map(row -> new QuarantinedRows(row.getString(0), row.getString(1), row.getString(2), row.getLong(3)))
                .toList());
        if (frequent.size() > MOST) {
            frequent.remove(MOST);
            frequent.addAll(others(reasons, frequent));
        }
        Comparator<String> nullFirst = Comparator.nullsFirst(Comparator.naturalOrder());
        frequent.sort(Comparator.comparing(QuarantinedRows::table, nullFirst)
                .thenComparing(QuarantinedRows::others)
                .thenComparing(QuarantinedRows::reason, nullFirst)
                .thenComparing(QuarantinedRows::column, nullFirst));
        return frequent;
    }

    private static List<QuarantinedRows> others(Dataset<Row> reasons, List<QuarantinedRows> told) {
        List<QuarantinedRows> others = new ArrayList<>();
        for (Row all : reasons.groupBy("table")
                .agg(count(lit(1)), sum("rows"))
                .orderBy("table")
                .collectAsList()) {
            List<QuarantinedRows> ofTable = told.stream()
                    .filter(rows -> Objects.equals(rows.table(), all.getString(0)))
                    .toList();
            long more = all.getLong(1) - ofTable.size();
            if (more > 0) {
                long rows = ofTable.stream().mapToLong(QuarantinedRows::rows).sum();
                others.add(QuarantinedRows.others(all.getString(0), more, all.getLong(2) - rows));
            }
        }
        return others;
    }

    private static Column[] columns(String[] names) {
        return java.util.Arrays.stream(names).map(Identifier::column).toArray(Column[]::new);
    }
}
