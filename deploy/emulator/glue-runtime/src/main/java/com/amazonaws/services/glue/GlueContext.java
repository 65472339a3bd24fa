package com.amazonaws.services.glue;

import com.amazonaws.services.glue.util.Job;
import com.amazonaws.services.glue.util.JsonOptions;
import io.crossfoot.catalog.TableName;
import io.crossfoot.emulator.glue.CatalogReader;
import io.crossfoot.emulator.glue.Emulated;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Reads tables of the emulated Data Catalog; a source with a transformation context reads what is new to its job. */
public class GlueContext {
    private final SparkSession spark;

    public GlueContext(SparkContext context) {
        this.spark = SparkSession.builder().config(context.getConf()).getOrCreate();
    }

    public SparkSession getSparkSession() {
        return spark;
    }

    public DataSource getCatalogSource(
            String database,
            String tableName,
            String redshiftTmpDir,
            String transformationContext,
            String pushDownPredicate,
            JsonOptions additionalOptions,
            String catalogId) {
        Emulated.dieAt("read " + tableName);
        TableName name = new TableName(database, tableName);
        return () -> new DynamicFrame(
                new CatalogReader(spark).read(name, files -> Job.bookmarks().select(transformationContext, files)));
    }
}
