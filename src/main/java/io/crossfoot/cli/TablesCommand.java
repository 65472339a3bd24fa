package io.crossfoot.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crossfoot.catalog.Catalog;
import io.crossfoot.catalog.CatalogPlace;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.config.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot tables}: what the catalog has. */
final class TablesCommand implements Command {

    @Override
    public CommandSpec model() {
        CommandSpec tables = Options.command("tables", "lists the tables of the catalog", "tables [OPTION…]")
                .addOption(Options.of(Setting.CATALOG))
                .addOption(Options.database("only the tables of this one"))
                .addOption(Options.config())
                .addOption(Options.json("print names, locations, columns and parameters as JSON"));
        Options.common().forEach(tables::addOption);
        return tables;
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        CatalogPlace place = shell.catalog(arguments);
        place.requireExisting();
        try (Catalog catalog = place.open()) {
            List<CatalogTable> tables = tables(catalog, arguments.value(Options.DATABASE));
            shell.print(arguments.has(Options.JSON) ? json(tables) : listed(tables));
            return 0;
        }
    }

    static List<CatalogTable> tables(Catalog catalog, Optional<String> database) {
        return database.map(List::of).orElseGet(catalog::databases).stream()
                .flatMap(name -> catalog.tables(name).stream())
                .toList();
    }

    static ConsoleTable listed(List<CatalogTable> tables) {
        return ConsoleTable.of(
                List.of("table", "format", "columns", "rows", "location"),
                tables.stream()
                        .map(table -> Arrays.asList(
                                table.name(),
                                table.parameters().getOrDefault(CatalogTable.CLASSIFICATION, ""),
                                table.columns().size() + table.partitionKeys().size(),
                                Count.of(table, CatalogTable.RECORD_COUNT),
                                table.location().replaceFirst("^file:/+", "/")))
                        .toList());
    }

    private static String json(List<CatalogTable> tables) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (CatalogTable table : tables) {
            ObjectNode node = array.addObject();
            node.put("table", table.name().toString());
            node.put("location", table.location());
            ObjectNode columns = node.putObject("columns");
            table.columns().forEach(column -> columns.put(column.name(), column.type()));
            ObjectNode keys = node.putObject("partitionKeys");
            table.partitionKeys().forEach(key -> keys.put(key.name(), key.type()));
            ObjectNode parameters = node.putObject("parameters");
            table.parameters().forEach(parameters::put);
        }
        return Json.text(array);
    }
}
