package io.crossfoot.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.crawl.CrawlPlan;
import io.crossfoot.crawl.TableChange;
import io.crossfoot.crawl.TableChange.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to show of a crawl. */
record CrawlReport(CrawlPlan plan) {

    ConsoleTable table() {
        return ConsoleTable.of(
                List.of("table", "action", "format", "columns", "files", "rows"),
                plan.changes().stream()
                        .map(change -> {
                            CatalogTable table = change.table();
                            return java.util.Arrays.asList(
                                    table.name(),
                                    word(change.action()),
                                    table.parameters().get(CatalogTable.CLASSIFICATION),
                                    table.columns().size()
                                            + table.partitionKeys().size(),
                                    Count.of(table, "objectCount"),
                                    Count.of(table, CatalogTable.RECORD_COUNT));
                        })
                        .toList());
    }

    /** What is different, and what a user should know, a line each. */
    List<String> notes() {
        List<String> lines = new ArrayList<>();
        for (TableChange change : plan.changes()) {
            List<String> notes = new ArrayList<>(change.action() == Action.ADDED ? List.of() : change.details());
            notes.addAll(change.notes());
            notes.forEach(note -> lines.add(change.table().name().table() + ": " + note));
        }
        if (!lines.isEmpty()) {
            lines.add(0, "");
        }
        return lines;
    }

    String summary(String verb, long nanos) {
        List<String> parts = new ArrayList<>();
        int tables = plan.changes().size();
        parts.add("%s %d table%s".formatted(verb, tables, tables == 1 ? "" : "s"));
        for (Action action : Action.values()) {
            boolean always = action.ordinal() <= Action.UNCHANGED.ordinal();
            if (always || plan.count(action) > 0) {
                parts.add(plan.count(action) + " " + word(action));
            }
        }
        parts.add(String.format(Locale.ROOT, "%.1f s", nanos / 1e9));
        return String.join(" · ", parts);
    }

    String json() {
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("database", plan.database());
        ArrayNode tables = root.putArray("tables");
        for (TableChange change : plan.changes()) {
            ObjectNode table = tables.addObject();
            table.put("table", change.table().name().toString());
            table.put("action", word(change.action()));
            table.put("location", change.table().location());
            ObjectNode columns = table.putObject("columns");
            change.table().columns().forEach(column -> columns.put(column.name(), column.type()));
            ObjectNode keys = table.putObject("partitionKeys");
            change.table().partitionKeys().forEach(key -> keys.put(key.name(), key.type()));
            ObjectNode parameters = table.putObject("parameters");
            change.table().parameters().forEach(parameters::put);
            table.put("partitionsAdded", change.added().size());
            table.put("partitionsGone", change.gone().size());
            change.details().forEach(table.withArray("details")::add);
            change.notes().forEach(table.withArray("notes")::add);
        }
        plan.problems().forEach(root.putArray("problems")::add);
        return Json.text(root);
    }

    private static String word(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
