package io.crossfoot.cli;

import io.crossfoot.Cleaning;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.config.CompactConfig;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.doctor.Finding;
import io.crossfoot.quality.TableProfile;
import io.crossfoot.sink.CompactionSummary;
import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.LeftOvers.LeftOver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All that the commands need of Spark. */
interface Session extends AutoCloseable {
    /** Runs the pipeline, and tells the name of each stage as it begins. */
    Outcome enrich(EnrichConfig config, Consumer<String> stages);

    /** Runs the pipeline on what a run has quarantined, and tells the name of each stage as it begins. */
    Outcome replay(EnrichConfig config, String run, Consumer<String> stages);

    /** Makes few files of many, and tells each point of its way. */
    CompactionSummary compact(CompactConfig config, Consumer<String> stages);

    /** Finds out what {@link #compact} would do. */
    CompactionSummary planCompaction(CompactConfig config);

    /** Finds what {@link #clean} would remove. */
    List<LeftOver> findLeftOvers(Cleaning cleaning, IcebergName table, Instant before);

    /** Removes what runs have left behind in a control folder and in the table that is the output. */
    List<LeftOver> clean(Cleaning cleaning, IcebergName table, Instant before);

    /** Runs a statement over the tables of a catalog; the rows are good until this is closed. */
    Rows query(CatalogPlace catalog, Optional<String> database, String sql);

    /** Runs a statement, and tells each row as a JSON object. */
    void queryJson(CatalogPlace catalog, Optional<String> database, String sql, Consumer<String> rows);

    /** Looks at the values of the sales of a configuration. */
    TableProfile profile(EnrichConfig config);

    /** Looks at what this runs on. */
    List<Finding> examine();

    @Override
    void close();
}
