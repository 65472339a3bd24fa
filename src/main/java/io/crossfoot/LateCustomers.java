package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.crossfoot.config.CustomerChanges;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.error.StorageException;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.OutputFile;
import io.crossfoot.sink.OutputSize;
import io.crossfoot.sink.PublishedFiles;
import io.crossfoot.sink.PublishedFiles.Measured;
import io.crossfoot.sink.StagedFiles;
import io.crossfoot.source.Identifier;
import io.crossfoot.source.LiteralPath;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that earlier runs have published meet the customers that have come, or changed, since. Sales are not read again: of
 * the output, those files are written anew in which a row is to be another. They are staged beside the rows of the run,
 * and published in the same step.
 */
final class LateCustomers {
    private static final String FILE = "_crossfoot_file";
    private static final String OLD = "_crossfoot_old_";
    private static final String COMPLETED = "_crossfoot_completed";
    private static final String REENRICHED = "_crossfoot_reenriched";

    private final EnrichConfig config;
    private final ControlFolder control;
    private final CustomerLookup customers;
    private final StructType columns;
    private final SparkSession spark;
    private final List<String> attributes;

    /** @param columns those of the output */
    LateCustomers(
            EnrichConfig config,
            ControlFolder control,
            CustomerLookup customers,
            StructType columns,
            SparkSession spark) {
        this.config = config;
        this.control = control;
        this.customers = customers;
        this.columns = columns;
        this.spark = spark;
        // the output lacks those that are dropped
        this.attributes = customers.attributes().stream()
                .filter(attribute -> Arrays.stream(columns.fieldNames()).anyMatch(attribute::equalsIgnoreCase))
                .toList();
    }

    /**
     * What was staged.
     *
     * @param completed rows that had no customer, and have one now
     * @param reenriched rows whose customer has changed
     * @param instead for each file that goes, those that hold its rows from then on
     * @param warnings what could not be done
     * @param lookedThrough the snapshot of a table that was looked through; empty for a folder, and where no row may be another
     */
    record Staged(
            long completed,
            long reenriched,
            Map<String, List<String>> instead,
            List<String> warnings,
            Optional<Long> lookedThrough) {
        static final Staged NOTHING = new Staged(0, 0, Map.of(), List.of());

        Staged(long completed, long reenriched, Map<String, List<String>> instead, List<String> warnings) {
            this(completed, reenriched, instead, warnings, Optional.empty());
        }

        Staged lookingThrough(Optional<Long> snapshot) {
            return new Staged(completed, reenriched, instead, warnings, snapshot);
        }

        Staged warning(String warning) {
            return new Staged(completed, reenriched, instead, List.of(warning), lookedThrough);
        }

        boolean isNothing() {
            return instead.isEmpty() && completed + reenriched == 0;
        }
    }

    /**
     * Stages the rows that are to be others, and those that lie in the same files.
     *
     * @param known files below the output that runs have published
     */
    Staged stage(Set<String> known) {
        List<String> there =
                PublishedFiles.of(control).stream().filter(known::contains).toList();
        if (there.isEmpty() || attributes.isEmpty()) {
            return Staged.NOTHING;
        }
        Set<String> concerned = concerned(there);
        if (concerned.isEmpty()) {
            return Staged.NOTHING;
        }
        List<Measured> measured = PublishedFiles.measured(control, (path, bytes) -> concerned.contains(path));
        List<OutputFile> alike =
                measured.stream().filter(this::isAlike).map(Measured::file).toList();
        List<String> warnings = new ArrayList<>();
        if (alike.size() < concerned.size()) {
            warnings.add(
                    "%d files of earlier runs have other columns than this one; their rows keep the customers they have"
                            .formatted(concerned.size() - alike.size()));
        }
        return alike.isEmpty() ? new Staged(0, 0, Map.of(), warnings) : written(alike, warnings);
    }

    /** Returns what tells whether the customers are those of an earlier run. */
    String customers() {
        return customers.digest();
    }

    /**
     * Whether a row of a table may be another now. To look at the keys of rows that lack an attribute is much cheaper than to
     * read the rows.
     */
    boolean isAnyIn(Dataset<Row> table) {
        if (attributes.isEmpty()) {
            return false;
        }
        List<String> there = List.of(table.columns());
        boolean isComparable = Stream.concat(config.on().stream(), attributes.stream())
                .allMatch(column -> there.stream().anyMatch(column::equalsIgnoreCase));
        return config.customerChanges() == CustomerChanges.REENRICH
                || !isComparable
                || customers.isAnyOf(customers.candidates(table));
    }

    /**
     * Stages, of rows of a table, those that are to be others, and no others.
     *
     * @param rows of a table with {@linkplain #isAnyIn any} such, in the columns of the output
     */
    Staged stageOf(Dataset<Row> rows) {
        Dataset<Row> looked = config.customerChanges() == CustomerChanges.COMPLETE
                ? rows.filter(attributes.stream()
                        .map(attribute -> Identifier.column(attribute).isNull())
                        .reduce(Column::and)
                        .orElseThrow())
                : rows;
        Dataset<Row> others = renewed(looked).filter(col(COMPLETED).or(col(REENRICHED)));
        Observed after = new Observed(changes().toArray(Column[]::new));
        new StagedOutput(config, control.stagedAnew(config.runId()).toString())
                .writeShuffled(after.on(others).drop(COMPLETED, REENRICHED));
        long written = RunAccount.rows(StagedFiles.anew(control, config.runId()));
        if (written == 0) {
            return Staged.NOTHING;
        }
        Map<String, Object> found = after.values();
        if (written != (long) found.get(COMPLETED) + (long) found.get(REENRICHED)) {
            // a task that Spark ran twice is observed twice: believe it only when a query says the same
            found = after.query(others);
        }
        if (written != (long) found.get(COMPLETED) + (long) found.get(REENRICHED)) {
            throw new StorageException(
                    "Cannot complete rows of %s: what was written is not what was read; nothing is published; start again"
                            .formatted(control.output()));
        }
        return new Staged((long) found.get(COMPLETED), (long) found.get(REENRICHED), Map.of(), List.of());
    }

    private static Stream<Column> changes() {
        return Stream.of(
                count(when(col(COMPLETED), lit(1))).as(COMPLETED),
                count(when(col(REENRICHED), lit(1))).as(REENRICHED));
    }

    private boolean isAlike(Measured file) {
        List<StructField> others = Arrays.stream(columns.fields())
                .filter(field -> config.partitionBy().stream().noneMatch(field.name()::equalsIgnoreCase))
                .toList();
        return file.partitionBy().equals(config.partitionBy())
                && file.columns().equals(PublishedFiles.columns(new StructType(others.toArray(StructField[]::new))));
    }

    /** Returns the files with a row that is to be another. */
    private Set<String> concerned(List<String> files) {
        Dataset<Row> rows = read(files);
        Column[] looked = Stream.of(
                        config.on().stream().map(Identifier::column),
                        olds(),
                        Stream.of(input_file_name().as(FILE)))
                .flatMap(all -> all)
                .toArray(Column[]::new);
        Dataset<Row> facts = rows.select(looked);
        if (config.customerChanges() == CustomerChanges.COMPLETE) {
            facts = facts.filter(wasUnmatched());
        }
        Set<String> found = new HashSet<>();
        joined(facts)
                .filter(isAnother())
                .select(FILE)
                .distinct()
                .collectAsList()
                .forEach(row -> {
                    found.add(URI.create(row.getString(0)).getPath());
                });
        Map<String, String> byPath = new HashMap<>();
        files.forEach(
                file -> byPath.put(new Path(control.output(), file).toUri().getPath(), file));
        Set<String> concerned = new HashSet<>();
        found.forEach(path -> concerned.add(byPath.get(path)));
        return concerned;
    }

    private Staged written(List<OutputFile> files, List<String> warnings) {
        Dataset<Row> rows = read(files.stream().map(OutputFile::path).toList());
        Observed before = new Observed(Checksum.of(unchanging()));
        Observed after = new Observed(Stream.concat(Arrays.stream(Checksum.of(unchanging())), changes())
                .toArray(Column[]::new));
        long bytes = files.stream().mapToLong(OutputFile::bytes).sum();
        new StagedOutput(config, control.stagedAnew(config.runId()).toString())
                .writeAnew(
                        after.on(renewed(before.on(rows))).drop(COMPLETED, REENRICHED),
                        OutputSize.files(bytes, config.targetFileBytes(), 1));
        Map<String, Object> found = after.values();
        List<OutputFile> written = StagedFiles.anew(control, config.runId());
        if (!isSame(before.values(), found, written)) {
            // a task that Spark ran twice is observed twice: believe it only when a query says the same
            found = after.query(renewed(rows));
            if (!isSame(before.query(rows), found, written)) {
                throw new StorageException(
                        "Cannot complete rows of %s: what was written is not what was read; nothing is published; start again"
                                .formatted(control.output()));
            }
        }
        List<String> names = written.stream().map(OutputFile::path).toList();
        Map<String, List<String>> instead = new HashMap<>();
        files.forEach(file -> instead.put(file.path(), names));
        return new Staged((long) found.get(COMPLETED), (long) found.get(REENRICHED), instead, warnings);
    }

    private static boolean isSame(Map<String, Object> before, Map<String, Object> after, List<OutputFile> written) {
        return before.entrySet().stream().allMatch(number -> number.getValue().equals(after.get(number.getKey())))
                && RunAccount.rows(written) == (long) after.get("rows");
    }

    private Dataset<Row> renewed(Dataset<Row> rows) {
        List<Column> facts = new ArrayList<>();
        Arrays.stream(unchanging().fieldNames()).map(Identifier::column).forEach(facts::add);
        olds().forEach(facts::add);
        Dataset<Row> joined = joined(rows.select(facts.toArray(Column[]::new)));
        List<Column> renewed = new ArrayList<>();
        for (StructField field : columns.fields()) {
            int attribute = place(field.name());
            renewed.add(
                    attribute < 0
                            ? Identifier.column(field.name())
                            : when(isAnother(), Identifier.column(attributes.get(attribute)))
                                    .otherwise(col(OLD + attribute))
                                    .as(field.name()));
        }
        renewed.add(isAnother().and(wasUnmatched()).as(COMPLETED));
        renewed.add(isAnother().and(not(wasUnmatched())).as(REENRICHED));
        return joined.select(renewed.toArray(Column[]::new));
    }

    /** Returns facts with the attributes of their customers, as the output holds them. */
    private Dataset<Row> joined(Dataset<Row> facts) {
        Set<String> personal =
                config.personal().stream().filter(column -> place(column) >= 0).collect(Collectors.toSet());
        return config.personalValues().in(customers.join().apply(facts), personal);
    }

    private Dataset<Row> read(List<String> files) {
        String output = control.output().toString();
        return spark.read()
                .schema(columns)
                .option("basePath", output)
                .parquet(files.stream()
                        .map(file -> LiteralPath.of(output + "/" + file))
                        .toArray(String[]::new));
    }

    /** The columns that no customer has a say in. */
    private StructType unchanging() {
        return new StructType(Arrays.stream(columns.fields())
                .filter(field -> place(field.name()) < 0)
                .toArray(StructField[]::new));
    }

    private int place(String column) {
        return IntStream.range(0, attributes.size())
                .filter(i -> attributes.get(i).equalsIgnoreCase(column))
                .findFirst()
                .orElse(-1);
    }

    private Stream<Column> olds() {
        return IntStream.range(0, attributes.size())
                .mapToObj(i -> Identifier.column(attributes.get(i)).as(OLD + i));
    }

    /** Of a row without a customer every attribute is null; of one whose customer has nothing but a key, too: no matter. */
    private Column wasUnmatched() {
        return all(i -> col(OLD + i).isNull());
    }

    private Column isAnother() {
        Column differs = not(all(i -> col(OLD + i).eqNullSafe(Identifier.column(attributes.get(i)))));
        return config.customerChanges() == CustomerChanges.REENRICH ? differs : differs.and(wasUnmatched());
    }

    private Column all(IntFunction<Column> condition) {
        return IntStream.range(0, attributes.size())
                .mapToObj(condition)
                .reduce(Column::and)
                .orElseThrow();
    }
}
