package io.crossfoot.crawl;

import io.crossfoot.catalog.Catalog;
import java.util.List;

/**
 * What a crawl will do, made without changing anything.
 *
 * @param changes sorted by table
 * @param problems folders that are no table, and why, a line each
 */
public record CrawlPlan(String database, List<TableChange> changes, List<String> problems) {
    public CrawlPlan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
    }

    /** Makes all changes; makes the database if need be. */
    public void apply(Catalog catalog) {
        catalog.createDatabase(database);
        changes.forEach(change -> change.apply(catalog));
    }

    /** Returns how many tables have this action. */
    public long count(TableChange.Action action) {
        return changes.stream().filter(change -> change.action() == action).count();
    }
}
