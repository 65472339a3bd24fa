package io.crossfoot.glue;

import io.crossfoot.Sources;
import io.crossfoot.catalog.TableName;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.config.EnrichConfig.Scope;
import io.crossfoot.glue.GlueLibrary.GlueSession;
import io.crossfoot.source.Source;
import java.util.Optional;

/**
 * Where the tables of a run come from: the sales are facts, the customers a lookup; either may be files instead. Sales of which
 * Crossfoot itself remembers what was read are the files of their table: Glue does not say which they are.
 */
record GlueSources(EnrichConfig config, GlueSession glue, CatalogTables tables) {
    Sources both() {
        Optional<Source> sales = config.sales().catalogTable().map(this::sales);
        Optional<Source> customers =
                config.customers().catalogTable().map(table -> source("customers", new CatalogRead.Lookup(table)));
        return new Sources(
                sales.orElseGet(() -> Sources.files("sales", config.sales(), config)),
                customers.orElseGet(() -> Sources.files("customers", config.customers(), config)));
    }

    private Source sales(TableName table) {
        if (config.scope() != Scope.UNPROCESSED) {
            return source("sales", new CatalogRead.Facts(table));
        }
        // refuses what is no table of files, in the words of all reads of the job
        tables.location("sales", table);
        return Sources.files("sales", table, config, tables.catalog());
    }

    private Source source(String name, CatalogRead read) {
        return new GlueSource(name, read, tables.location(name, read.table()), glue);
    }
}
