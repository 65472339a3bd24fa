package io.crossfoot.source;

import io.crossfoot.csv.CsvSpec;
import io.crossfoot.csv.CsvSpec.Kind;
import io.crossfoot.csv.CsvSpec.Misfits;
import io.crossfoot.error.NearMiss;
import io.crossfoot.error.ShapeException;
import io.crossfoot.error.UsageException;
import io.crossfoot.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Finds the files of {@link CsvDataSource} and lays a schema against their headers. */
final class CsvFormat {
    private static final String TABLE = CsvDataSource.NAME;
    private static final List<CsvSpec.Column> REASONS = List.of(
            CsvSpec.Column.of("_reason", Kind.REASON),
            CsvSpec.Column.of("_column", Kind.REASON_COLUMN),
            CsvSpec.Column.of("_value", Kind.REASON_VALUE));

    private final CsvOptions options;
    private final Configuration hadoop;
    private final List<CsvFile> files;
    private final Set<String> partitions = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private CsvFormat(CsvOptions options, List<String> names) {
        this.options = options;
        this.hadoop = Storage.configuration(SparkSession.active());
        List<InputFile> found = options.locations().stream()
                .flatMap(location -> FileListing.of(TABLE, location, hadoop).files().stream())
                .filter(file -> file.bytes() > 0)
                .toList();
        this.files = Parallel.map(
                        found,
                        file -> options.header()
                                ? CsvFile.of(TABLE, file, options.dialect(), hadoop)
                                : CsvFile.withoutHeader(TABLE, file, values(file, names), options.dialect(), hadoop))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        files.forEach(file -> partitions.addAll(file.file().partitions()));
        files.forEach(this::requireDistinct);
        files.forEach(this::requireFolders);
    }

    /** A schema names folders and reasons, too, which are no values of a file. */
    private List<String> values(InputFile file, List<String> names) {
        return options.names().isEmpty()
                ? names.stream()
                        .filter(name ->
                                !isReason(name) && file.partitions().stream().noneMatch(name::equalsIgnoreCase))
                        .toList()
                : names;
    }

    /**
     * Returns what is to be read.
     *
     * @param schema the columns that are wanted, or all that there are as text
     */
    static CsvSpec spec(CsvOptions options, Optional<StructType> schema) {
        List<String> names = options.names();
        if (!options.header() && names.isEmpty()) {
            names = schema.map(StructType::fieldNames).map(List::of).orElse(List.of());
            if (names.isEmpty()) {
                throw new UsageException(
                        "Cannot read %s: files without a header need a schema, or the option columns".formatted(TABLE));
            }
        }
        CsvFormat format = new CsvFormat(options, names);
        return format.spec(schema.orElseGet(format::inferred));
    }

    /** All columns of all files, each once, then what folders name. */
    private StructType inferred() {
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<String> ordered = new ArrayList<>();
        Stream.concat(
                        files.stream().flatMap(file -> file.names().stream()).filter(name -> !isPartition(name)),
                        files.stream().flatMap(file -> file.file().partitions().stream()))
                .filter(name -> names.put(name, name) == null)
                .forEach(ordered::add);
        if (ordered.isEmpty()) {
            throw new ShapeException("Cannot read %s: no file in %s names a column; give a schema"
                    .formatted(TABLE, String.join(", ", options.locations())));
        }
        StructType schema = new StructType();
        for (String name : ordered) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema;
    }

    private CsvSpec spec(StructType schema) {
        List<String> problems = new ArrayList<>();
        Columns.requireDistinct(TABLE, schema, List.of());
        List<CsvSpec.Column> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (StructField field : schema.fields()) {
            if (isReason(field.name())) {
                // a schema that mode MARK has given, and gives again
                continue;
            }
            if (!CsvSpec.reads(field.dataType())) {
                problems.add("Cannot read %s: column '%s' is %s; CSV holds numbers, text, dates, times and booleans"
                        .formatted(TABLE, field.name(), field.dataType().sql()));
            } else if (isPartition(field.name())) {
                columns.add(CsvSpec.Column.ofPartition(field.name(), field.dataType(), field.nullable()));
            } else {
                requirePresent(field, problems);
                columns.add(CsvSpec.Column.ofValue(field.name(), field.dataType(), field.nullable(), values.size()));
                values.add(field.name());
            }
        }
        if (!problems.isEmpty()) {
            throw new ShapeException(problems);
        }
        if (options.misfits() == Misfits.MARK) {
            columns.addAll(REASONS);
        }
        List<String> shown = columns.stream().map(CsvSpec.Column::name).toList();
        hidden(columns, "_file", Kind.FILE);
        hidden(columns, "_offset", Kind.OFFSET);
        CsvLayouts found = CsvLayouts.of(files, columns, values, hadoop);
        return new CsvSpec(
                TABLE,
                Advice.onLineBreaks(TABLE),
                options.dialect(),
                options.misfits(),
                columns,
                shown,
                found.layouts(),
                found.inputs());
    }

    private void requirePresent(StructField field, List<String> problems) {
        List<CsvFile> without = files.stream()
                .filter(file -> CsvLayouts.position(file.names(), field.name()) < 0)
                .toList();
        if (!without.isEmpty() && (!field.nullable() || without.size() == files.size())) {
            List<String> names = without.get(0).names();
            problems.add("Cannot read %s: column '%s' is missing%s (found: %s; in %s)"
                    .formatted(
                            TABLE,
                            field.name(),
                            NearMiss.hint(field.name(), names),
                            String.join(", ", names),
                            without.get(0).file().path()));
        }
    }

    private void requireDistinct(CsvFile file) {
        StructType columns = new StructType();
        for (String name : file.names()) {
            columns = columns.add(name, DataTypes.StringType);
        }
        Columns.requireDistinct(TABLE, columns, List.of(file.file()));
        file.names().stream().filter(this::isReason).findFirst().ifPresent(name -> {
            throw new ShapeException(
                    "Cannot read %s: column '%s' has a name that mode MARK uses itself; rename it (in %s)"
                            .formatted(TABLE, name, file.file().path()));
        });
    }

    /** Folders decide over headers; where there is no folder, the values of the file would be lost. */
    private void requireFolders(CsvFile file) {
        file.names().stream()
                .filter(this::isPartition)
                .filter(name -> file.file().partitions().stream().noneMatch(name::equalsIgnoreCase))
                .findFirst()
                .ifPresent(name -> {
                    throw new ShapeException(
                            "Cannot read %s: '%s' is a folder of some files and a column of others; read them apart (in %s)"
                                    .formatted(TABLE, name, file.file().path()));
                });
    }

    private boolean isReason(String name) {
        return options.misfits() == Misfits.MARK
                && REASONS.stream().anyMatch(column -> column.name().equalsIgnoreCase(name));
    }

    private static void hidden(List<CsvSpec.Column> columns, String name, Kind kind) {
        if (columns.stream().noneMatch(column -> column.name().equalsIgnoreCase(name))) {
            columns.add(CsvSpec.Column.of(name, kind));
        }
    }

    private boolean isPartition(String name) {
        return partitions.contains(name);
    }
}
