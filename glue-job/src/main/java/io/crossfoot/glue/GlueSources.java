package io.crossfoot.glue;

import io.crossfoot.Sources;
import io.crossfoot.config.EnrichConfig;
import io.crossfoot.glue.GlueLibrary.GlueSession;
import io.crossfoot.source.Source;
import java.util.Optional;

/** Where the tables of a run come from: the sales are facts, the customers a lookup; either may be files instead. */
record GlueSources(EnrichConfig config, GlueSession glue, CatalogTables tables) {
    Sources both() {
        Optional<Source> sales =
                config.sales().catalogTable().map(table -> source("sales", new CatalogRead.Facts(table)));
        Optional<Source> customers =
                config.customers().catalogTable().map(table -> source("customers", new CatalogRead.Lookup(table)));
        return new Sources(
                sales.orElseGet(() -> Sources.files("sales", config.sales(), config)),
                customers.orElseGet(() -> Sources.files("customers", config.customers(), config)));
    }

    private Source source(String name, CatalogRead read) {
        return new GlueSource(name, read, tables.location(name, read.table()), glue);
    }
}
