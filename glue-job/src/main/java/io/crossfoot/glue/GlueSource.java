package io.crossfoot.glue;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.input_file_name;
import static org.apache.spark.sql.functions.lit;

import io.crossfoot.source.Source;
import io.crossfoot.source.SourcePart;
import io.crossfoot.source.SourceTable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A table of the Data Catalog as Glue hands it out. Each row says which file it comes from, as far as Glue tells Spark;
 * that it does was not verified on AWS.
 *
 * @param name what messages call it
 * @param location where the catalog says that its files lie
 */
record GlueSource(String name, CatalogRead read, String location, GlueLibrary.GlueSession glue) implements Source {
    @Override
    public List<String> locations() {
        return List.of(location);
    }

    @Override
    public SourceTable open(SparkSession spark, StructType expected) {
        Dataset<Row> frame = glue.read(name, read);
        if (frame.columns().length == 0) {
            return new SourceTable(name, Optional.empty(), List.of(), List.of());
        }
        adoptSettings(frame.sparkSession(), spark);
        Dataset<Row> resolved = ChoiceColumns.resolve(frame);
        Dataset<Row> rows = resolved.select(
                col("*"),
                input_file_name().as(SourcePart.FILE),
                lit(null).cast("string").as(SourcePart.MALFORMED));
        return new SourceTable(
                name, Optional.empty(), List.of(new SourcePart(resolved.schema(), rows, List.of())), List.of());
    }

    /** What is made of a frame runs in the session of the frame, which is Glue's: so it gets the settings of the run. */
    private static void adoptSettings(SparkSession glues, SparkSession run) {
        for (Row setting : run.sql("SET").collectAsList()) {
            String key = setting.getString(0);
            if (key.startsWith("spark.sql.") && glues.conf().isModifiable(key)) {
                glues.conf().set(key, setting.getString(1));
            }
        }
    }
}
