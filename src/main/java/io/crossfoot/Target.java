package io.crossfoot;

import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.report.RunReport.TableSnapshot;
import io.crossfoot.sink.CommitMark;
import io.crossfoot.sink.ControlFolder;
import io.crossfoot.sink.IcebergTable;
import io.crossfoot.sink.TableCommit;
import io.crossfoot.source.InputFile;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What the rows of a run go to, once they are staged and the account is right: a folder of files, or a table. */
sealed interface Target permits FolderTarget, TableTarget {
    /** @throws io.crossfoot.error.UsageException if this Spark cannot write the table that is meant */
    static Target of(EnrichConfig config, ControlFolder control, SparkSession spark, Configuration hadoop) {
        return config.iceberg()
                .<Target>map(
                        given -> new TableTarget(config, control, IcebergTable.of(given.name(), spark), given, hadoop))
                .orElseGet(() -> new FolderTarget(config, control, hadoop));
    }

    /**
     * Refuses a place that holds something else; said before anything is read.
     *
     * @param anyPublished whether runs have published to it
     */
    void requireFree(boolean anyPublished);

    /** Refuses rows whose columns do not fit; said before anything is staged. */
    void requireFit(StructType columns);

    /** Whether a run has brought the rows of the files with this key, so that to add them again would double them. */
    boolean hasRun(String key);

    /** Whether a commit that was begun took place. */
    boolean hasCommit(CommitMark mark);

    /** Returns the snapshot that readers see; empty for a folder, and for a table that is not there. */
    Optional<Long> current();

    /** Whether rows are in it that may not have met the customers in these files. */
    boolean isAnyToComplete(Delivery delivery, List<InputFile> customers);

    /**
     * Stages rows that are in it and are to be others.
     *
     * @param staged the rows of this run, which are not touched
     */
    LateCustomers.Staged complete(LateCustomers late, Delivery delivery, Dataset<Row> staged);

    /** Returns why the staged rows cannot be published, a line each. */
    List<String> refusals(Dataset<Row> staged, LateCustomers.Staged anew);

    /**
     * Returns the commit that brings the rows here; empty where files are moved instead.
     *
     * @param customers what tells whether they are those of another run
     * @param read the files of the sales that were read
     */
    Optional<TableCommit> commit(
            Dataset<Row> staged, LateCustomers.Staged anew, String customers, List<InputFile> read);

    /** Returns the table of the Glue Data Catalog that readers find it by, if there is to be one. */
    Optional<TableName> inGlue();

    /** Returns what readers may read back, if a commit has left it. */
    Optional<TableSnapshot> snapshot(CommitMark mark);
}
