package io.crossfoot;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.contract.Contract;
import io.crossfoot.error.ShapeException;
import io.crossfoot.quality.Profiler;
import io.crossfoot.quality.TableProfile;
import io.crossfoot.report.PersonalColumns;
import io.crossfoot.source.Identifier;
import io.crossfoot.source.SourcePart;
import io.crossfoot.source.SourceTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What the columns of a table hold, read as {@code enrich} reads it, before any contract is laid against it. */
public final class Profile {
    private Profile() {}

    /**
     * Profiles the sales of a configuration, whatever they are; nothing else of it is looked at but how they are read, and
     * which columns are personal: by the setting or a contract, under their names there or in the sources.
     *
     * @throws io.crossfoot.error.UsageException when a contract cannot be read, which may mark columns
     * @throws ShapeException when a file is not of its format
     * @throws io.crossfoot.error.StorageException when the table does not exist or cannot be read
     */
    public static TableProfile of(EnrichConfig config, SparkSession spark) {
        PersonalColumns personal = personal(config);
        SparkSession isolated = IsolatedSession.of(spark, config.targetFileBytes());
        SourceTable table = Sources.of(config).sales().open(isolated, new StructType());
        IsolatedSession.sizeShuffles(isolated, table);
        Map<String, String> columns = columns(table);
        Optional<Dataset<Row>> rows =
                table.parts().stream().map(part -> texts(part, columns)).reduce(Dataset::union);
        if (rows.isEmpty() || columns.isEmpty()) {
            return new TableProfile(0, 0, List.of(), "Rules = []");
        }
        return new Profiler(rows.get(), personal::contains).profile();
    }

    private static PersonalColumns personal(EnrichConfig config) {
        config.sales().contract().ifPresent(ddl -> Contract.of("sales", ddl));
        config.customers().contract().ifPresent(ddl -> Contract.of("customers", ddl));
        PersonalColumns named = new PersonalColumns(config.personal());
        Set<String> names = new HashSet<>(config.personal());
        Stream.of(config.sales(), config.customers())
                .flatMap(table -> table.rename().entrySet().stream())
                .filter(rename -> named.contains(rename.getValue()))
                .forEach(rename -> names.add(rename.getKey()));
        return new PersonalColumns(names);
    }

    /** Returns each column once, however files spell it: the name in small letters, and that of the first file. */
    private static Map<String, String> columns(SourceTable table) {
        Map<String, String> columns = new LinkedHashMap<>();
        table.parts().stream()
                .flatMap(part -> Arrays.stream(part.columns().fieldNames()))
                .forEach(name -> columns.putIfAbsent(name.toLowerCase(Locale.ROOT), name));
        return columns;
    }

    private static Dataset<Row> texts(SourcePart part, Map<String, String> columns) {
        Map<String, String> here = new LinkedHashMap<>();
        for (String name : part.columns().fieldNames()) {
            here.put(name.toLowerCase(Locale.ROOT), name);
        }
        Column malformed = part.readable().contains(SourcePart.MALFORMED)
                ? col(SourcePart.MALFORMED).isNotNull()
                : lit(false);
        Stream<Column> texts = columns.entrySet().stream()
                .map(column -> here.containsKey(column.getKey())
                        ? Identifier.column(here.get(column.getKey()))
                                .cast("string")
                                .as(column.getValue())
                        : lit(null).cast("string").as(column.getValue()));
        return part.rows()
                .select(Stream.concat(texts, Stream.of(malformed.as(Profiler.MALFORMED)))
                        .toArray(Column[]::new));
    }
}
