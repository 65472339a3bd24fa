package io.crossfoot.source;

import io.crossfoot.csv.CsvSpec;
import io.crossfoot.csv.CsvTable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * CSV for any Spark job: strict, typed straight from bytes, and handed out in column batches, as Parquet's reader does.
 *
 * <pre>{@code
 * Dataset<Row> sales = spark.read()
 *         .format("crossfoot-csv")
 *         .schema("order_id BIGINT NOT NULL, price DECIMAL(12,2), order_date DATE")
 *         .load("s3a://raw/sales/");
 * }</pre>
 *
 * <p><b>Files</b> are those below a path: a file, a folder with all its folders, or a glob. Names that begin with
 * {@code _} or {@code .} are no data; folders named {@code region=North} are columns; names that end in {@code .gz},
 * {@code .bz2} or {@code .zst} are unpacked. Plain files in UTF-8 without {@code multiLine} are split at line ends, small
 * ones are read together; all others are read by one task each.
 *
 * <p><b>Columns</b> are found by name, file by file, whatever their case and order. Without a schema they are all that the
 * headers name, as text. With one they are those of the schema: numbers, text, dates, times and booleans. A column that a
 * file lacks is null, unless the schema says NOT NULL or no file has it: then nothing is read. {@code _file} and
 * {@code _offset}, the byte at which a record begins in its unpacked file, can be selected by name. SQL sees a frame as a
 * view, {@code frame.createOrReplaceTempView("sales")}, which has them if the frame has selected them.
 *
 * <p><b>Values</b> are exact: {@code 2.0} is an INT, {@code 2.5} is none, 30 February is no DATE, a TIMESTAMP has its zone
 * in its text, and a digit too many makes no DECIMAL. An unquoted empty value is null, a quoted one is an empty text, and
 * blank text is null where the type is not text. A value that does not fit, text that is not UTF-8, a null where the schema says NOT NULL, and a
 * record with too few values, too many, or its quotes out of order is treated as {@code mode} says:
 *
 * <ul>
 *   <li>{@code FAIL}, the default: reading fails, and names the file, the byte, the column and the text
 *   <li>{@code MARK}: the value is null, or all values are, and three more columns say why: {@code _reason},
 *       {@code _column} (null where it is the record as a whole) and {@code _value}, the text that stands there. They are
 *       null in good rows.
 * </ul>
 *
 * What nobody selects, and what stands in a row that a filter drops, is not made a value of, so nothing is said of it
 * either; {@code _reason} looks at every column.
 *
 * <p><b>Options</b>, by the names that Spark's own reader has for them; any other is refused:
 *
 * <ul>
 *   <li>{@code header} (true): false when files have none; then {@code columns}, names with commas between them, or the
 *       schema says what the values are, by position
 *   <li>{@code sep} or {@code delimiter} (,), {@code quote} ("; empty for none): one ASCII character that is no letter or
 *       digit; a quote inside quotes is doubled
 *   <li>{@code multiLine} (false): quoted values may hold line breaks. If one is never closed, reading fails
 *   <li>{@code nullValue}: texts that are null where they are not quoted, with commas between them
 *   <li>{@code encoding} or {@code charset} (UTF-8): any that Java knows
 *   <li>{@code mode} (FAIL)
 * </ul>
 *
 * Filters on one column, {@code IS NOT NULL} and comparisons with a constant, are decided while reading, with the same
 * rows as without. Files that are no text, zero bytes, records of more than 64 MiB, and damaged files end the reading
 * with a message that names the file and the byte.
 */
public final class CsvDataSource implements TableProvider, DataSourceRegister {
    /** The name of the format. */
    public static final String NAME = "crossfoot-csv";

    private CsvTable opened;

    @Override
    public String shortName() {
        return NAME;
    }

    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        opened = table(Optional.empty(), options);
        return opened.schema();
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        // Spark asks for the schema first unless it was given one
        return opened != null ? opened : table(Optional.of(schema), new CaseInsensitiveStringMap(properties));
    }

    private static CsvTable table(Optional<StructType> schema, CaseInsensitiveStringMap options) {
        return options.containsKey(CsvSpec.OPTION)
                ? CsvTable.of(options)
                : new CsvTable(CsvFormat.spec(CsvOptions.of(options), schema));
    }
}
