package io.crossfoot.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.hive.metastore.api.FieldSchema;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.SerDeInfo;
import org.apache.hadoop.hive.metastore.api.StorageDescriptor;
import org.apache.hadoop.hive.metastore.api.Table;

/** Tables and partitions in Hive's own types, and back. */
final class HiveShape {
    private static final String EXTERNAL = "EXTERNAL";

    private HiveShape() {}

    static CatalogTable table(Table found) {
        StorageDescriptor files = found.getSd();
        SerDeInfo serde = Optional.ofNullable(files.getSerdeInfo()).orElseGet(SerDeInfo::new);
        Map<String, String> parameters = new HashMap<>(found.getParameters());
        // how Hive spells the type of a table
        parameters.remove(EXTERNAL);
        return new CatalogTable(
                new TableName(found.getDbName(), found.getTableName()),
                text(files.getLocation()),
                new TableStorage(
                        text(files.getInputFormat()),
                        text(files.getOutputFormat()),
                        text(serde.getSerializationLib()),
                        Optional.ofNullable(serde.getParameters()).orElse(Map.of())),
                columns(files.getCols()),
                columns(found.getPartitionKeys()),
                parameters);
    }

    static Table table(CatalogTable table) {
        Map<String, String> parameters = new HashMap<>(table.parameters());
        parameters.put(EXTERNAL, "TRUE");
        Table described = new Table();
        described.setDbName(table.name().database());
        described.setTableName(table.name().table());
        described.setOwner("owner");
        described.setTableType("EXTERNAL_TABLE");
        described.setSd(files(table, table.location()));
        described.setPartitionKeys(fields(table.partitionKeys()));
        described.setParameters(parameters);
        return described;
    }

    static Partition partition(CatalogTable table, CatalogPartition partition) {
        Partition described = new Partition();
        described.setDbName(table.name().database());
        described.setTableName(table.name().table());
        described.setValues(new ArrayList<>(partition.values()));
        described.setSd(files(table, partition.location()));
        described.setParameters(new HashMap<>());
        return described;
    }

    private static StorageDescriptor files(CatalogTable table, String location) {
        TableStorage storage = table.storage();
        return new StorageDescriptor(
                fields(table.columns()),
                location,
                storage.inputFormat(),
                storage.outputFormat(),
                false,
                -1,
                new SerDeInfo("", storage.serde(), new HashMap<>(storage.serdeParameters())),
                new ArrayList<>(),
                new ArrayList<>(),
                new HashMap<>());
    }

    private static List<CatalogColumn> columns(List<FieldSchema> fields) {
        return fields.stream()
                .map(field -> new CatalogColumn(field.getName(), field.getType(), text(field.getComment())))
                .toList();
    }

    private static List<FieldSchema> fields(List<CatalogColumn> columns) {
        List<FieldSchema> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(
                new FieldSchema(column.name(), column.type(), column.comment().isEmpty() ? null : column.comment())));
        return fields;
    }

    private static String text(String orNull) {
        return orNull == null ? "" : orNull;
    }
}
