package io.crossfoot.catalog;

import io.crossfoot.error.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.PartitionError;
import software.amazon.awssdk.services.glue.model.PartitionValueList;
import software.amazon.awssdk.services.glue.model.Table;

/** The Glue Data Catalog of an AWS account. */
final class GlueCatalog implements Catalog {
    private static final int ADDED_AT_ONCE = 100;
    private static final int REMOVED_AT_ONCE = 25;

    private final GlueService service;
    private final GlueClient glue;

    private GlueCatalog(GlueService service) {
        this.service = service;
        this.glue = service.client();
    }

    /** @throws StorageException when no region is set */
    static GlueCatalog open() {
        return new GlueCatalog(GlueService.open("the Glue Data Catalog"));
    }

    @Override
    public List<String> databases() {
        return call(
                "list databases",
                () -> glue.getDatabasesPaginator(all -> {}).stream()
                        .flatMap(page -> page.databaseList().stream())
                        .map(Database::name)
                        .sorted()
                        .toList());
    }

    /** Looks first: a role that may fill a database need not be one that may make databases. */
    @Override
    public void createDatabase(String database) {
        call("make database " + database, () -> {
            try {
                glue.getDatabase(of -> of.name(database));
                return false;
            } catch (EntityNotFoundException missing) {
                return create(database);
            }
        });
    }

    private boolean create(String database) {
        try {
            glue.createDatabase(made -> made.databaseInput(input -> input.name(database)));
            return true;
        } catch (AlreadyExistsException made) {
            return false;
        }
    }

    @Override
    public List<CatalogTable> tables(String database) {
        return call("list the tables of " + database, () -> {
            try {
                return glue.getTablesPaginator(of -> of.databaseName(database)).stream()
                        .flatMap(page -> page.tableList().stream())
                        .map(GlueShape::table)
                        .sorted((left, right) -> left.name().compareTo(right.name()))
                        .toList();
            } catch (EntityNotFoundException noDatabase) {
                return List.of();
            }
        });
    }

    @Override
    public Optional<CatalogTable> table(TableName name) {
        return call("look up " + name, () -> find(name).map(GlueShape::table));
    }

    @Override
    public Optional<TablePlace> place(TableName name) {
        return call("look up " + name, () -> find(name))
                .map(found -> new TablePlace(
                        GlueShape.table(found).location(),
                        TableArn.of(service.region().id(), found.catalogId(), name)));
    }

    private Optional<Table> find(TableName name) {
        try {
            return Optional.of(
                    glue.getTable(of -> of.databaseName(name.database()).name(name.table()))
                            .table());
        } catch (EntityNotFoundException absent) {
            return Optional.empty();
        }
    }

    @Override
    public void put(CatalogTable table) {
        TableName name = table.name();
        call("register " + name, () -> {
            Optional<Table> known = find(name);
            if (known.isPresent()) {
                glue.updateTable(put -> put.databaseName(name.database()).tableInput(GlueShape.input(table, known)));
            } else {
                glue.createTable(put -> put.databaseName(name.database()).tableInput(GlueShape.input(table, known)));
            }
            return name;
        });
    }

    @Override
    public void drop(TableName name) {
        call("remove " + name, () -> {
            try {
                glue.deleteTable(gone -> gone.databaseName(name.database()).name(name.table()));
            } catch (EntityNotFoundException absent) {
                return false;
            }
            return true;
        });
    }

    @Override
    public List<CatalogPartition> partitions(TableName name) {
        return call("list the partitions of " + name, () -> {
            try {
                return glue
                        .getPartitionsPaginator(
                                // columns are the table's; leaving them out makes answers small
                                of -> of.databaseName(name.database())
                                        .tableName(name.table())
                                        .excludeColumnSchema(true))
                        .stream()
                        .flatMap(page -> page.partitions().stream())
                        .map(GlueShape::partition)
                        .sorted(CatalogPartition.BY_VALUES)
                        .toList();
            } catch (EntityNotFoundException absent) {
                return List.of();
            }
        });
    }

    @Override
    public void putPartitions(TableName name, Collection<CatalogPartition> partitions) {
        CatalogTable table = table(name).orElseThrow();
        Map<List<String>, CatalogPartition> there = new HashMap<>();
        partitions(name).forEach(partition -> there.put(partition.values(), partition));
        List<CatalogPartition> added = partitions.stream()
                .filter(partition -> !there.containsKey(partition.values()))
                .toList();
        List<CatalogPartition> changed = partitions.stream()
                .filter(partition -> there.containsKey(partition.values()))
                .toList();
        String what = "register partitions of " + name;
        inTurns(
                added,
                ADDED_AT_ONCE,
                some -> requireNone(
                        what,
                        call(
                                what,
                                () -> glue.batchCreatePartition(put -> put.databaseName(name.database())
                                                .tableName(name.table())
                                                .partitionInputList(some.stream()
                                                        .map(partition -> GlueShape.input(table, partition))
                                                        .toList()))
                                        .errors())));
        changed.forEach(partition -> call(
                what,
                () -> glue.updatePartition(put -> put.databaseName(name.database())
                        .tableName(name.table())
                        .partitionValueList(partition.values())
                        .partitionInput(GlueShape.input(table, partition)))));
    }

    @Override
    public void dropPartitions(TableName name, Collection<List<String>> values) {
        Set<List<String>> there = new HashSet<>();
        partitions(name).forEach(partition -> there.add(partition.values()));
        List<List<String>> gone = values.stream().filter(there::contains).toList();
        String what = "remove partitions of " + name;
        inTurns(
                gone,
                REMOVED_AT_ONCE,
                some -> requireNone(
                        what,
                        call(
                                what,
                                () -> glue.batchDeletePartition(drop -> drop.databaseName(name.database())
                                                .tableName(name.table())
                                                .partitionsToDelete(some.stream()
                                                        .map(each -> PartitionValueList.builder()
                                                                .values(each)
                                                                .build())
                                                        .toList()))
                                        .errors())));
    }

    private static <T> void inTurns(List<T> all, int most, Consumer<List<T>> turn) {
        for (int from = 0; from < all.size(); from += most) {
            turn.accept(new ArrayList<>(all.subList(from, Math.min(from + most, all.size()))));
        }
    }

    private void requireNone(String what, List<PartitionError> errors) {
        errors.stream().findFirst().ifPresent(first -> {
            throw new StorageException("Cannot %s in %s: %d failed, the first is %s: %s"
                    .formatted(
                            what,
                            describe(),
                            errors.size(),
                            first.partitionValues(),
                            first.errorDetail().errorMessage()));
        });
    }

    @Override
    public String describe() {
        return service.describe();
    }

    @Override
    public void close() {
        service.close();
    }

    private <T> T call(String what, Supplier<T> work) {
        return service.call(what, work);
    }
}
