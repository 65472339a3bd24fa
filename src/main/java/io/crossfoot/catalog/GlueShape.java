package io.crossfoot.catalog;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Partition;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Tables and partitions in Glue's own types, with all the fields that a crawler sets, and back. */
final class GlueShape {
    private GlueShape() {}

    static CatalogTable table(Table found) {
        StorageDescriptor files = Optional.ofNullable(found.storageDescriptor())
                .orElseGet(() -> StorageDescriptor.builder().build());
        SerDeInfo serde = Optional.ofNullable(files.serdeInfo())
                .orElseGet(() -> SerDeInfo.builder().build());
        return new CatalogTable(
                new TableName(found.databaseName(), found.name()),
                text(files.location()),
                new TableStorage(
                        text(files.inputFormat()),
                        text(files.outputFormat()),
                        text(serde.serializationLibrary()),
                        serde.parameters()),
                columns(files.columns()),
                columns(found.partitionKeys()),
                found.parameters());
    }

    /** @param known the table that is replaced, whose owner and description stay */
    static TableInput input(CatalogTable table, Optional<Table> known) {
        return TableInput.builder()
                .name(table.name().table())
                .owner(known.map(Table::owner).orElse("owner"))
                .description(known.map(Table::description).orElse(null))
                .retention(known.map(Table::retention).orElse(0))
                .tableType("EXTERNAL_TABLE")
                .parameters(table.parameters())
                .partitionKeys(glueColumns(table.partitionKeys()))
                .storageDescriptor(files(table, table.location()))
                .build();
    }

    static CatalogPartition partition(Partition found) {
        return new CatalogPartition(
                found.values(), text(found.storageDescriptor().location()));
    }

    static PartitionInput input(CatalogTable table, CatalogPartition partition) {
        return PartitionInput.builder()
                .values(partition.values())
                .storageDescriptor(files(table, partition.location()))
                .build();
    }

    private static StorageDescriptor files(CatalogTable table, String location) {
        TableStorage storage = table.storage();
        return StorageDescriptor.builder()
                .columns(glueColumns(table.columns()))
                .location(location)
                .inputFormat(storage.inputFormat())
                .outputFormat(storage.outputFormat())
                .compressed(false)
                .numberOfBuckets(-1)
                .serdeInfo(SerDeInfo.builder()
                        .serializationLibrary(storage.serde())
                        .parameters(storage.serdeParameters())
                        .build())
                .bucketColumns(List.of())
                .sortColumns(List.of())
                .parameters(table.parameters())
                .storedAsSubDirectories(false)
                .build();
    }

    private static List<CatalogColumn> columns(List<Column> columns) {
        return columns.stream()
                .map(column -> new CatalogColumn(column.name(), text(column.type()), text(column.comment())))
                .toList();
    }

    private static List<Column> glueColumns(List<CatalogColumn> columns) {
        return columns.stream()
                .map(column -> Column.builder()
                        .name(column.name())
                        .type(column.type())
                        .comment(column.comment().isEmpty() ? null : column.comment())
                        .build())
                .toList();
    }

    private static String text(String orNull) {
        return orNull == null ? "" : orNull;
    }
}
