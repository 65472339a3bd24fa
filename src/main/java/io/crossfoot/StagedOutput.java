package io.crossfoot;

import io.crossfoot.config.EnrichConfig;
import io.crossfoot.sink.Compression;
import io.crossfoot.sink.OutputSize;
import io.crossfoot.source.Identifier;
import io.crossfoot.source.InputFile;
import io.crossfoot.source.SourceTable;
import io.crossfoot.tally.TalliedParquet;
import io.crossfoot.tally.Tally;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/** Writes the enriched rows aside as Parquet, in files of about the target size. */
record StagedOutput(
        List<String> partitionBy, long targetFileBytes, Compression compression, String path, Optional<Tally> tally) {
    /** A table lays out its own files: for it, nothing is staged in folders. */
    StagedOutput(EnrichConfig config, String path) {
        this(
                config.iceberg().isPresent() ? List.of() : config.partitionBy(),
                config.targetFileBytes(),
                config.compression(),
                path,
                Optional.empty());
    }

    /** Returns the same, which adds the rows to a tally. */
    StagedOutput adding(Tally tally) {
        return new StagedOutput(partitionBy, targetFileBytes, compression, path, Optional.of(tally));
    }

    /**
     * Writes rows that come straight from the files of a source: one task writes one file. Where a packed file is too
     * large for that, its rows are spread over several tasks first. Where nobody knows the files, as with frames, Spark
     * spreads the rows by their size.
     */
    void writeUnshuffled(Dataset<Row> enriched, SourceTable source) {
        if (source.files().isEmpty()) {
            write(enriched.hint("rebalance"));
            return;
        }
        long bytes = source.files().stream()
                .mapToLong(file -> estimate(source, file))
                .sum();
        int cores = enriched.sparkSession().sparkContext().defaultParallelism();
        int files = OutputSize.files(bytes, targetFileBytes, cores);
        boolean spread = source.files().stream().anyMatch(file -> isPackedAndLarge(source, file));
        write(spread ? enriched.repartition(files) : enriched.coalesce(files));
    }

    /** Writes rows that come out of a shuffle, which Spark has sized. */
    void writeShuffled(Dataset<Row> enriched) {
        write(enriched);
    }

    /** Writes a folder for each value of the partition columns: the rows of one value meet in one task, or a few. */
    void writePartitioned(Dataset<Row> enriched) {
        String columns = partitionBy.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
        // the hint takes columns in SQL only; the view is this run's own, as its session is
        enriched.createOrReplaceTempView("crossfoot_enriched");
        write(enriched.sparkSession().sql("SELECT /*+ REBALANCE(%s) */ * FROM crossfoot_enriched".formatted(columns)));
    }

    /** Writes rows of an output that is there, in at most so many files for each folder where no shuffle has spread them. */
    void writeAnew(Dataset<Row> rows, int files) {
        if (partitionBy.isEmpty()) {
            write(rows.coalesce(files));
        } else {
            writePartitioned(rows);
        }
    }

    /** Writes rows of an output that is there, in about so many files. */
    void writeCompacted(Dataset<Row> rows, long files) {
        if (!partitionBy.isEmpty()) {
            writePartitioned(rows);
        } else if (files <= rows.rdd().getNumPartitions()) {
            write(rows.coalesce((int) files));
        } else {
            write(rows.repartition((int) files));
        }
    }

    private void write(Dataset<Row> enriched) {
        DataFrameWriter<Row> files = enriched.write();
        DataFrameWriter<Row> writer = tally.map(rows -> TalliedParquet.adding(files, rows))
                .orElseGet(() -> files.format("parquet"))
                .mode(SaveMode.Overwrite)
                .option("compression", compression.name().toLowerCase(Locale.ROOT))
                .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false");
        if (!partitionBy.isEmpty()) {
            writer = writer.partitionBy(partitionBy.toArray(String[]::new));
        }
        writer.save(path);
    }

    private boolean isPackedAndLarge(SourceTable source, InputFile file) {
        return source.format()
                        .filter(format -> OutputSize.isPacked(format, file.name()))
                        .isPresent()
                && estimate(source, file) > 2 * targetFileBytes;
    }

    private static long estimate(SourceTable source, InputFile file) {
        return source.format()
                .map(format -> OutputSize.estimate(format, file.name(), file.bytes()))
                .orElse(file.bytes());
    }
}
