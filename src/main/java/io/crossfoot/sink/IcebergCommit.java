package io.crossfoot.sink;

import static org.apache.spark.sql.functions.lit;

import io.crossfoot.error.CrossfootException;
import io.crossfoot.error.StorageException;
import io.crossfoot.source.Identifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Brings rows to an Iceberg table, as one snapshot. A table that is not there is made by the same commit.
 *
 * @param rows what is brought
 * @param key the columns that tell rows apart, for a merge
 * @param layout of a table that is made
 */
public record IcebergCommit(
        IcebergTable table,
        CommitMark mark,
        Earlier earlier,
        WriteMode mode,
        Dataset<Row> rows,
        List<String> key,
        SchemaPolicy policy,
        Layout layout)
        implements TableCommit {
    private static final String ROWS = "crossfoot_rows";

    /**
     * How a new table is laid out.
     *
     * @param location where it lies
     * @param partitionBy columns whose values have files of their own
     */
    public record Layout(String location, List<String> partitionBy, long targetFileBytes, Compression compression) {
        public Layout {
            partitionBy = List.copyOf(partitionBy);
        }
    }

    /**
     * What the commit makes of rows that are there.
     *
     * @param met what tells the customers that all rows have met then; empty where some may not have
     * @param lookedThrough the snapshot that was looked through for rows that are to be others; empty where there was no need
     * @param anew how many rows of that snapshot are brought, too, with another customer
     */
    public record Earlier(Optional<String> met, Optional<Long> lookedThrough, long anew) {}

    /** Returns the commit of a run. */
    public static IcebergCommit of(
            IcebergTable table,
            String run,
            String key,
            Earlier earlier,
            WriteMode mode,
            Dataset<Row> rows,
            List<String> mergedBy,
            SchemaPolicy policy,
            Layout layout) {
        return new IcebergCommit(table, table.mark(run, key), earlier, mode, rows, mergedBy, policy, layout);
    }

    @Override
    public void perform() {
        requireUnchanged();
        Map<String, String> properties = new HashMap<>(mark.properties());
        properties.put(CommitMark.MODE, mode.word());
        earlier.met().ifPresent(customers -> properties.put(CommitMark.CUSTOMERS, customers));
        earlier.lookedThrough().ifPresent(seen -> properties.put(CommitMark.LOOKED_THROUGH, seen.toString()));
        try {
            SnapshotProperties.during(
                    () -> {
                        write();
                        return mark;
                    },
                    properties);
        } catch (CrossfootException known) {
            throw known;
        } catch (Exception failed) {
            throw new StorageException(
                    "Cannot commit to %s: %s; start again: the next run finds out whether readers see these rows"
                            .formatted(table.name(), reason(failed)),
                    failed);
        }
    }

    /** What others have changed since would be taken back with the rows that are written anew. */
    private void requireUnchanged() {
        if (earlier.anew() > 0 && !earlier.lookedThrough().equals(table.current())) {
            throw new StorageException(
                    "Cannot complete rows of %s: others have written to it meanwhile; nothing was committed; start again"
                            .formatted(table.name()));
        }
    }

    private void write() throws Exception {
        if (!table.exists()) {
            create();
            return;
        }
        Dataset<Row> fitting = fitting();
        switch (mode) {
            case OVERWRITE -> fitting.writeTo(table.name().quoted()).overwrite(lit(true));
            case APPEND -> fitting.writeTo(table.name().quoted()).append();
            case MERGE -> merge(fitting);
        }
    }

    private void create() {
        sql("CREATE NAMESPACE IF NOT EXISTS " + table.name().quotedDatabase());
        rows.createOrReplaceTempView(ROWS);
        String place = table.placeByName().isPresent()
                ? ""
                : " LOCATION '%s'".formatted(Identifier.escaped(layout.location()));
        String partitions = layout.partitionBy().isEmpty()
                ? ""
                : " PARTITIONED BY (%s)".formatted(listed(layout.partitionBy().stream(), Identifier::quoted));
        // merge-on-read: a merge writes the rows that are new or changed, and not the files again that they were in
        sql(
                "CREATE TABLE %s USING iceberg%s%s TBLPROPERTIES ('format-version' = '2', 'write.merge.mode' = 'merge-on-read', 'write.target-file-size-bytes' = '%s', 'write.parquet.compression-codec' = '%s') AS SELECT * FROM %s"
                        .formatted(
                                table.name().quoted(),
                                partitions,
                                place,
                                layout.targetFileBytes(),
                                layout.compression().name().toLowerCase(Locale.ROOT),
                                ROWS));
    }

    /** Returns the rows in the columns of the table, which has all of theirs from now on. */
    private Dataset<Row> fitting() {
        SchemaFit fit = new SchemaFit(table.name(), table.columns(), rows.schema());
        fit.require(policy);
        if (!fit.lacking().isEmpty()) {
            sql("ALTER TABLE %s ADD COLUMNS (%s)"
                    .formatted(
                            table.name().quoted(),
                            listed(
                                    fit.lacking().stream(),
                                    field -> Identifier.quoted(field.name()) + " " + SchemaFit.type(field))));
        }
        return rows.select(Arrays.stream(table.columns().fields())
                .map(field -> SchemaFit.in(rows.schema(), field.name())
                        .map(given -> Identifier.column(given.name()))
                        .orElse(lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
                .toArray(Column[]::new));
    }

    private void merge(Dataset<Row> fitting) {
        fitting.createOrReplaceTempView(ROWS);
        StructType columns = fitting.schema();
        String same = key.stream()
                .map(column -> "t.%1$s = r.%1$s AND ".formatted(Identifier.quoted(column)))
                .collect(Collectors.joining("", "", KeySketch.condition(fitting, key, "t")));
        Stream<StructField> given = Arrays.stream(columns.fields())
                .filter(field -> SchemaFit.in(rows.schema(), field.name()).isPresent());
        sql(
                "MERGE INTO %s AS t USING %s AS r ON %s WHEN MATCHED THEN UPDATE SET %s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
                        .formatted(
                                table.name().quoted(),
                                ROWS,
                                same,
                                listed(given, field -> "t.%1$s = r.%1$s".formatted(Identifier.quoted(field.name()))),
                                listed(Arrays.stream(columns.fieldNames()), Identifier::quoted),
                                listed(
                                        Arrays.stream(columns.fieldNames()),
                                        column -> "r." + Identifier.quoted(column))));
    }

    private void sql(String statement) {
        rows.sparkSession().sql(statement);
    }

    private static <T> String listed(Stream<T> items, Function<T, String> text) {
        return items.map(text).collect(Collectors.joining(", "));
    }

    /** The first line of what was wrong in the first place. */
    public static String reason(Throwable failed) {
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }
}
