package io.crossfoot.catalog;

import io.crossfoot.error.UsageException;
import io.crossfoot.source.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * SQL over the tables of a catalog, as Athena would run it: names may stand in double quotes, and what overflows or does
 * not convert is an error, not null.
 *
 * <p>The tables of the databases that a statement mentions are made known to the session first, for this is all that its
 * own catalog has. Files are read as Spark reads them: rows that do not fit their table have nulls. A CSV file whose header
 * does not fit its table is an error.
 */
public final class CatalogSql {
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.sql.ansi.enabled", "true",
            "spark.sql.ansi.doubleQuotedIdentifiers", "true",
            "spark.sql.caseSensitive", "false",
            "spark.sql.session.timeZone", "UTC",
            // a partition is the text that its folder says
            "spark.sql.sources.partitionColumnTypeInference.enabled", "false",
            "spark.sql.legacy.createHiveTableByDefault", "false");

    private final SparkSession session;
    private final Optional<Catalog> catalog;

    /** @param spark a session whose own catalog is in memory */
    public CatalogSql(SparkSession spark, Catalog catalog) {
        this(spark, Optional.of(catalog));
    }

    /** Returns one that knows no tables but those of the catalogs that Spark is set up with. */
    public static CatalogSql ofSpark(SparkSession spark) {
        return new CatalogSql(spark, Optional.empty());
    }

    private CatalogSql(SparkSession spark, Optional<Catalog> catalog) {
        if (!spark.conf().get("spark.sql.catalogImplementation", "in-memory").equals("in-memory")) {
            throw new IllegalArgumentException("the session has a catalog of its own; give one without");
        }
        this.session = spark.newSession();
        this.catalog = catalog;
        SETTINGS.forEach((key, value) -> session.conf().set(key, value));
    }

    /**
     * Returns the rows of a statement that only reads.
     *
     * @param database what names without a database belong to; where it is empty and the catalog has one database, that one
     * @throws UsageException when the statement is wrong, with Spark's message, or does more than read
     */
    public Dataset<Row> run(String sql, Optional<String> database) {
        List<String> databases = catalog.map(Catalog::databases).orElse(List.of());
        SqlText text = new SqlText(sql);
        text.requireReadOnly();
        Optional<String> current =
                database.or(() -> databases.size() == 1 ? Optional.of(databases.get(0)) : Optional.empty());
        current.filter(name -> !databases.contains(name)).ifPresent(name -> {
            throw new UsageException("Cannot run the query: there is no database %s in %s (there are: %s)"
                    .formatted(
                            name,
                            catalog.map(Catalog::describe).orElse("Spark's own catalog"),
                            String.join(", ", databases)));
        });
        Map<String, String> aliases = databases.stream()
                .filter(name -> !alias(name, databases).equals(name))
                .collect(Collectors.toMap(name -> name, name -> alias(name, databases)));
        catalog.map(known -> new SessionTables(session, known))
                .ifPresent(tables -> databases.stream()
                        .filter(name -> text.mentions(name)
                                || current.filter(name::equals).isPresent())
                        .forEach(name -> tables.make(name, alias(name, databases))));
        try {
            current.ifPresent(name -> session.sql("USE " + Identifier.quoted(alias(name, databases))));
            return session.sql(text.calling(aliases).text());
        } catch (Exception wrong) {
            // Exception: Spark's own are checked, and not declared
            if (wrong instanceof AnalysisException) {
                throw new UsageException("Cannot run the query: " + message(wrong));
            }
            throw wrong instanceof RuntimeException bug ? bug : new IllegalStateException(wrong);
        }
    }

    /** What a session calls a database: Spark knows letters, digits and underscores only. */
    private static String alias(String database, List<String> databases) {
        String plain = database.replaceAll("\\W", "_");
        return plain.equals(database) || !databases.contains(plain) ? plain : plain + "__";
    }

    /** Spark's message without its plan, whose inner names mean nothing to a user. */
    private static String message(Exception wrong) {
        return wrong.getMessage().replaceFirst("(?s);\\n'.*", "").strip();
    }
}
