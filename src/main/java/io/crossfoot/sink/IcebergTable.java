package io.crossfoot.sink;

import io.crossfoot.catalog.TableName;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * An Iceberg table, reached through a catalog of the session's Spark, by SQL: what it holds, where it lies, and which runs
 * have committed to it. Whatever catalog the user has set up will do.
 */
public final class IcebergTable {
    private static final String RUNTIME = "org/apache/iceberg/spark/SparkCatalog.class";
    private static final String CATALOGS = "spark.sql.catalog.";

    private final IcebergName name;
    private final SparkSession spark;

    private IcebergTable(IcebergName name, SparkSession spark) {
        this.name = name;
        this.spark = spark;
    }

    /**
     * Names a table; it need not exist.
     *
     * @throws UsageException if this Spark has no Iceberg, or no catalog of that name
     */
    public static IcebergTable of(IcebergName name, SparkSession spark) {
        if (IcebergTable.class.getClassLoader().getResource(RUNTIME) == null) {
            throw new UsageException(
                    ("Cannot write to the Iceberg table %s: this Spark has no Iceberg; give spark-submit --packages"
                                    + " org.apache.iceberg:%s, or on Glue --datalake-formats iceberg")
                            .formatted(name, runtime(spark.version())));
        }
        if (spark.conf().get(CATALOGS + name.catalog(), "").isEmpty()) {
            throw new UsageException(("Cannot write to the Iceberg table %s: this Spark has no catalog '%s'; set"
                            + " spark.sql.catalog.%2$s=org.apache.iceberg.spark.SparkCatalog and what it needs, such as"
                            + " spark.sql.catalog.%2$s.type=hadoop and spark.sql.catalog.%2$s.warehouse=FOLDER")
                    .formatted(name, name.catalog()));
        }
        return new IcebergTable(name, spark);
    }

    /** An artifact that is known to work with a Spark. */
    private static String runtime(String spark) {
        return spark.startsWith("3.")
                ? "iceberg-spark-runtime-3.5_2.12:1.10.2"
                : "iceberg-spark-runtime-4.1_2.13:1.11.0";
    }

    public IcebergName name() {
        return name;
    }

    SparkSession spark() {
        return spark;
    }

    /** Whether there is such a table. */
    public boolean exists() {
        return asking("look for", () -> spark.catalog().tableExists(name.quoted()));
    }

    /** Returns its rows as they are now. */
    public Dataset<Row> rows() {
        return asking("open", () -> {
            // others may have changed it since it was asked for last
            spark.catalog().refreshTable(name.quoted());
            return spark.table(name.quoted());
        });
    }

    /** Returns its rows as a snapshot has them. */
    public Dataset<Row> rowsOf(long snapshot) {
        return asking("read back", () -> {
            spark.catalog().refreshTable(name.quoted());
            return spark.sql("SELECT * FROM %s VERSION AS OF %s".formatted(name.quoted(), snapshot));
        });
    }

    /** Returns its columns as they are now. */
    public StructType columns() {
        return rows().schema();
    }

    /**
     * Refuses rows for a table that is there and whose columns are others.
     *
     * @throws io.crossfoot.error.ShapeException listing everything that the policy does not allow
     */
    public void requireFit(StructType output, SchemaPolicy policy) {
        if (exists()) {
            new SchemaFit(name, columns(), output).require(policy);
        }
    }

    /** Returns the folder that it lies in; for one that is not there, empty where a new one lies where it is told to. */
    public Optional<String> location() {
        return exists() ? Optional.of(described("Location")) : placeByName();
    }

    /** A Hadoop catalog knows no table but by the folder that has its name. */
    Optional<String> placeByName() {
        String catalog = CATALOGS + name.catalog();
        if (!spark.conf().get(catalog + ".type", "").toLowerCase(Locale.ROOT).equals("hadoop")) {
            return Optional.empty();
        }
        Path place = new Path(spark.conf().get(catalog + ".warehouse"));
        for (String part : name.inCatalog()) {
            place = new Path(place, part);
        }
        return Optional.of(place.toString());
    }

    /**
     * Returns its name in the Glue Data Catalog; empty where its catalog is another one. The table of that name may be
     * another one, too, as the catalog may be that of another account or region: compare their {@linkplain #location()
     * places}.
     */
    public Optional<TableName> inGlue() {
        String catalog = CATALOGS + name.catalog();
        boolean isGlue = spark.conf().get(catalog + ".type", "").equalsIgnoreCase("glue")
                || spark.conf().get(catalog + ".catalog-impl", "").endsWith("GlueCatalog");
        List<String> inCatalog = name.inCatalog();
        return isGlue && inCatalog.size() == 2
                ? Optional.of(new TableName(inCatalog.get(0), inCatalog.get(1)))
                : Optional.empty();
    }

    private String described(String property) {
        return asking(
                "open",
                () -> spark.sql("DESCRIBE TABLE EXTENDED " + name.quoted()).collectAsList().stream()
                        .filter(row -> row.getString(0).equals(property))
                        .map(row -> row.getString(1))
                        // a column may have this name, too, and comes before
                        .reduce((first, last) -> last)
                        .orElseThrow());
    }

    /**
     * Whether rows that were read from the same files are in it: a run with this key has committed them, and none has
     * overwritten them since.
     */
    public boolean hasRun(String key) {
        return history().hasRun(key);
    }

    /** Returns the snapshot that readers see; empty where there is none. */
    public Optional<Long> current() {
        return history().current();
    }

    /**
     * Whether readers see the snapshot of a run after which all rows had met these customers, as their digest tells: those of
     * the run, and those of the snapshot that it had looked through, if nothing has come between.
     */
    public boolean hasMet(String customers) {
        return history().hasMet(customers);
    }

    /** Whether this commit took place. */
    public boolean hasCommit(CommitMark mark) {
        return snapshot(mark).isPresent();
    }

    /** Returns the snapshot that this commit has made, if it took place. */
    public Optional<Long> snapshot(CommitMark mark) {
        return history().of(mark.run(), mark.key()).stream()
                .filter(snapshot -> !mark.earlier().contains(snapshot))
                .findFirst();
    }

    /** Returns what tells the next commit of a run, of a key, from those that it may have made before. */
    CommitMark mark(String run, String key) {
        return new CommitMark(name.toString(), run, key, history().of(run, key));
    }

    private TableHistory history() {
        return exists() ? NativeTable.of(this).history() : TableHistory.NONE;
    }

    @FunctionalInterface
    interface Question<T> {
        T answer() throws Exception;
    }

    /** What catalogs throw is told in a line. */
    <T> T asking(String what, Question<T> question) {
        try {
            return question.answer();
        } catch (Exception | LinkageError failed) {
            // a catalog that lacks a library of its own says so in errors
            throw new StorageException(
                    "Cannot %s the Iceberg table %s: %s; check the settings spark.sql.catalog.%s.* and start again"
                            .formatted(what, name, IcebergCommit.reason(failed), name.catalog()),
                    failed);
        }
    }
}
