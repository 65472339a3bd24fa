package io.crossfoot.crawl;

import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogPartition;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.crawl.CrawlSettings.SchemaChange;
import io.crossfoot.crawl.TableChange.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** What is different between a table as the catalog has it and as it was found. */
final class Comparison {
    /** What the parameters of a table say of the moment, not of its shape. */
    private static final Set<String> COUNTS =
            Set.of("averageRecordSize", "objectCount", CatalogTable.RECORD_COUNT, "sizeKey", "UPDATED_BY_CRAWLER");

    /** The mark of a table whose files are gone, as Glue writes it. */
    static final String DEPRECATED = "DEPRECATED_BY_CRAWLER";

    private final CatalogTable known;
    private final CatalogTable found;
    private final SchemaChange policy;
    private final List<String> details = new ArrayList<>();

    private Comparison(CatalogTable known, CatalogTable found, SchemaChange policy) {
        this.known = known;
        this.found = found;
        this.policy = policy;
    }

    static TableChange of(
            CatalogTable known,
            List<CatalogPartition> knownPartitions,
            CatalogTable found,
            List<CatalogPartition> partitions,
            SchemaChange policy) {
        Comparison comparison = new Comparison(known, found, policy);
        CatalogTable merged = comparison.merged();
        List<CatalogPartition> added = new ArrayList<>(partitions);
        added.removeIf(partition -> knownPartitions.stream().anyMatch(there -> isSame(there, partition)));
        List<List<String>> gone = knownPartitions.stream()
                .map(CatalogPartition::values)
                .filter(values ->
                        partitions.stream().noneMatch(there -> there.values().equals(values)))
                .toList();
        comparison.tellPartitions(
                "added", added.stream().map(CatalogPartition::values).toList());
        comparison.tellPartitions("gone", gone);
        Action action = comparison.details.isEmpty()
                ? Action.UNCHANGED
                : policy == SchemaChange.LOG ? Action.LOGGED : Action.UPDATED;
        return new TableChange(
                action, action == Action.LOGGED ? known : merged, added, gone, comparison.details, List.of());
    }

    private CatalogTable merged() {
        List<CatalogColumn> columns = columns();
        if (!known.partitionKeys().equals(found.partitionKeys())) {
            details.add("partition keys %s → %s".formatted(names(known.partitionKeys()), names(found.partitionKeys())));
        }
        if (!known.storage().serde().equals(found.storage().serde())) {
            details.add("SerDe %s → %s"
                    .formatted(known.storage().serde(), found.storage().serde()));
        }
        if (!TableNames.place(known.location()).equals(TableNames.place(found.location()))) {
            details.add("location %s → %s".formatted(known.location(), found.location()));
        }
        Map<String, String> parameters = new TreeMap<>(known.parameters());
        if (parameters.remove(DEPRECATED) != null) {
            details.add("files are there again");
        }
        parameters.putAll(found.parameters());
        if (!found.hasHeader()) {
            parameters.remove(CatalogTable.HEADER_LINES);
        }
        Map<String, String> before = new HashMap<>(known.parameters());
        before.remove(DEPRECATED);
        Set.copyOf(parameters.keySet()).stream()
                .filter(key -> !COUNTS.contains(key) && !Objects.equals(before.get(key), parameters.get(key)))
                .sorted()
                .map(key -> "%s %s → %s".formatted(key, before.getOrDefault(key, "unset"), parameters.get(key)))
                .forEach(details::add);
        if (known.hasHeader() && !found.hasHeader()) {
            details.add("no header any more");
        }
        boolean sameColumns = names(columns).equals(names(found.columns()));
        return new CatalogTable(
                found.name(),
                found.location(),
                sameColumns || !known.storage().serde().equals(found.storage().serde())
                        ? found.storage()
                        : known.storage(),
                columns,
                found.partitionKeys(),
                parameters);
    }

    private List<CatalogColumn> columns() {
        Map<String, CatalogColumn> before = byName(known.columns());
        Map<String, CatalogColumn> now = byName(found.columns());
        List<CatalogColumn> columns = new ArrayList<>();
        for (CatalogColumn column : found.columns()) {
            CatalogColumn there = before.get(column.name());
            if (there == null) {
                details.add("column %s %s added".formatted(column.name(), column.type()));
                columns.add(column);
            } else if (there.type().equals(column.type())) {
                columns.add(there);
            } else {
                boolean keeps = policy == SchemaChange.ADD;
                details.add("column %s: %s → %s%s"
                        .formatted(column.name(), there.type(), column.type(), keeps ? " (kept as it was)" : ""));
                columns.add(keeps ? there : new CatalogColumn(column.name(), column.type(), there.comment()));
            }
        }
        for (CatalogColumn column : known.columns()) {
            if (!now.containsKey(column.name()) && policy == SchemaChange.REPLACE) {
                details.add("column %s gone".formatted(column.name()));
            } else if (!now.containsKey(column.name())) {
                // a sample may have missed it
                columns.add(column);
            }
        }
        boolean sameSet = columns.size() == known.columns().size()
                && before.keySet().equals(byName(columns).keySet());
        if (sameSet && !names(columns).equals(names(known.columns()))) {
            boolean ordered = "true".equals(found.parameters().get("columnsOrdered"));
            if (!ordered) {
                // order means nothing where files name their columns
                Map<String, CatalogColumn> merged = byName(columns);
                return known.columns().stream()
                        .map(column -> merged.get(column.name()))
                        .toList();
            }
            details.add("columns in another order");
        }
        return columns;
    }

    private void tellPartitions(String what, List<List<String>> values) {
        if (!values.isEmpty()) {
            String first = String.join("/", values.get(0));
            details.add(
                    values.size() == 1
                            ? "partition %s %s".formatted(first, what)
                            : "%d partitions %s, from %s".formatted(values.size(), what, first));
        }
    }

    private static boolean isSame(CatalogPartition left, CatalogPartition right) {
        return left.values().equals(right.values())
                && TableNames.place(left.location()).equals(TableNames.place(right.location()));
    }

    private static Map<String, CatalogColumn> byName(List<CatalogColumn> columns) {
        Map<String, CatalogColumn> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(column.name(), column));
        return byName;
    }

    private static List<String> names(List<CatalogColumn> columns) {
        return columns.stream().map(CatalogColumn::name).toList();
    }
}
