package io.crossfoot;

import io.crossfoot.config.CompactConfig;
import io.crossfoot.report.RunReport;
import io.crossfoot.sink.Compression;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.testing.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.IcebergBuild;
import org.apache.spark.sql.SparkSession;

/** Sales, customers, and the Iceberg table {@code lake.shop.out}, in a catalog that is a folder. */
record TableLake(Lake lake, SparkSession spark) {
    static final String TABLE = "lake.shop.out";
    static final IcebergName NAME = IcebergName.parse(TABLE);

    /** What Iceberg calls a merge that only adds rows. */
    static final String ADDING_MERGE =
            Integer.parseInt(IcebergBuild.version().split("\\.")[1]) >= 11 ? "append" : "overwrite";

    /** Makes one with a run that has merged two rows. */
    static TableLake of(Path folder, SparkSession shared, String... settings) {
        Lake lake = new Lake(folder.resolve("in"), folder.resolve("shop"), "");
        TableLake made = new TableLake(lake, IcebergTest.session(shared, folder));
        lake.customers("C1,Ann,a@x.org,North");
        lake.deliver("a.csv", "1,C1,Pen,2,1.50,2024-01-15", "2,C2,Ink,1,9.00,2024-01-15");
        made.merge("r1", settings);
        return made;
    }

    RunReport merge(String runId, String... more) {
        return lake.run(spark, runId, settings(more));
    }

    static String[] settings(String... more) {
        return IcebergTest.merging(
                Stream.concat(Stream.of("quality", "none"), Stream.of(more)).toArray(String[]::new));
    }

    /** Leaves a data file and a delete file, as a run does that merges a row, and in less time. */
    void change() {
        spark.sql(
                "MERGE INTO lake.shop.out AS t USING (SELECT 2 AS id) AS r ON t.order_id = r.id WHEN MATCHED THEN UPDATE SET"
                        + " t.customer_id = 'C1', t.name = 'Ann', t.quantity = 5, t.total_amount = 45");
    }

    void changeAndAdd(String runId) {
        lake.deliver("b.csv", "2,C1,Ink,5,9.00,2024-01-16", "3,C1,Cap,1,7.00,2024-01-16");
        merge(runId);
    }

    Compaction compaction(String runId) {
        return Compaction.of(new CompactConfig(
                lake.output(), Optional.empty(), Optional.of(NAME), 128L << 20, Compression.ZSTD, runId));
    }

    Cleaning cleaning() {
        return Cleaning.of(lake.output(), Optional.empty(), new Configuration(), "clean")
                .including(NAME, spark);
    }

    List<String> rows() {
        return rows(TABLE);
    }

    List<String> rows(String from) {
        return texts("SELECT order_id, customer_id, name, quantity, total_amount FROM " + from + " ORDER BY ALL");
    }

    /** What made each snapshot, the oldest first. */
    List<String> snapshots() {
        return texts("SELECT operation, summary['crossfoot.run-id'] FROM %s.snapshots ORDER BY committed_at"
                .formatted(TABLE));
    }

    long snapshot() {
        return spark.sql("SELECT snapshot_id FROM %s.history ORDER BY made_current_at DESC".formatted(TABLE))
                .first()
                .getLong(0);
    }

    long files(String ofKind) {
        return spark.sql("SELECT * FROM %s.%s".formatted(TABLE, ofKind)).count();
    }

    List<String> dataOnDisk() {
        return Folders.tree(lake.outputFolder().resolve("data")).stream()
                .filter(file -> file.endsWith(".parquet"))
                .toList();
    }

    private List<String> texts(String sql) {
        return spark.sql(sql).collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }
}
