package io.crossfoot;

import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.crawl.CrawlSettings;
import io.crossfoot.crawl.CrawlSettings.SchemaChange;
import io.crossfoot.crawl.Crawler;
import io.crossfoot.crawl.TableChange;
import io.crossfoot.error.StorageException;
import io.crossfoot.error.UsageException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes a published output a table of the catalog. The table is made from the files that were published, as a crawler
 * would make it: so it does not matter which run published them, nor how often it is registered.
 */
record Registration(EnrichConfig config, Configuration hadoop) {
    /**
     * Refuses to take the name of a table that is something else: said before anything is read.
     *
     * @throws UsageException when the table describes another folder than the output
     */
    void requireFree(TableName table) {
        try (Catalog catalog = config.catalog().open()) {
            catalog.table(table)
                    .filter(there -> !Crawler.isSamePlace(there.location(), config.output(), hadoop))
                    .ifPresent(other -> {
                        throw new UsageException(
                                "Cannot register the output as %s: that table describes %s; name another with --output-table"
                                        .formatted(table, other.location()));
                    });
        }
    }

    /** @throws StorageException when the catalog cannot be reached; the output is published all the same */
    void register(TableName table) {
        try (Catalog catalog = config.catalog().open()) {
            CrawlSettings settings = CrawlSettings.of(table.database()).with(SchemaChange.REPLACE);
            Optional<TableChange> change = new Crawler(settings, hadoop).describe(table, config.output(), catalog);
            catalog.createDatabase(table.database());
            change.ifPresentOrElse(made -> made.apply(catalog), () -> empty(table, catalog));
        } catch (StorageException failed) {
            throw new StorageException(
                    "Cannot register %s: %s; the output is published, and the same run started again registers it"
                            .formatted(table, failed.getMessage()),
                    failed);
        }
    }

    /** An output without files says nothing of its columns; what was known of them still holds, its partitions do not. */
    private static void empty(TableName table, Catalog catalog) {
        catalog.dropPartitions(
                table,
                catalog.partitions(table).stream().map(CatalogPartition::values).toList());
    }
}
