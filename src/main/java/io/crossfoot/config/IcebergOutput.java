package io.crossfoot.config;

import io.crossfoot.sink.IcebergName;
import io.crossfoot.sink.SchemaPolicy;
import java.util.List;

/**
 * An Iceberg table that the output goes to.
 *
 * @param key the columns that tell its rows apart; empty for runs that do not merge
 * @param schemaChanges what becomes of a table that has other columns
 */
public record IcebergOutput(IcebergName name, List<String> key, SchemaPolicy schemaChanges) {
    public IcebergOutput {
        key = List.copyOf(key);
    }
}
