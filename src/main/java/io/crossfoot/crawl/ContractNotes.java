package io.crossfoot.crawl;

import io.crossfoot.catalog.CatalogColumn;
import io.crossfoot.catalog.CatalogTable;
import io.crossfoot.contract.Contract;
import io.crossfoot.error.NearMiss;
import io.crossfoot.source.FileFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/** What a run would make of the columns of a table, where they are not what the built-in contract of that name says. */
final class ContractNotes {
    private static final Map<String, String> CONTRACTS =
            Map.of("sales", Contract.SALES, "customers", Contract.CUSTOMERS);

    private ContractNotes() {}

    static List<String> of(CatalogTable table) {
        String ddl = CONTRACTS.get(table.name().table());
        if (ddl == null) {
            return List.of();
        }
        Contract contract = Contract.of(table.name().table(), ddl);
        Map<String, String> types = columns(table);
        List<String> notes = new ArrayList<>();
        for (StructField column : contract.columns().fields()) {
            String type = types.get(column.name().toLowerCase(Locale.ROOT));
            Optional<String> note =
                    type == null ? Optional.of(missing(column, types)) : conversion(table, type, column);
            note.map(what -> column.name() + ": " + what).ifPresent(notes::add);
        }
        return notes;
    }

    private static Map<String, String> columns(CatalogTable table) {
        return Stream.concat(table.columns().stream(), table.partitionKeys().stream())
                .collect(Collectors.toMap(CatalogColumn::name, CatalogColumn::type, (first, second) -> first));
    }

    private static Optional<String> conversion(CatalogTable table, String type, StructField column) {
        String contract = column.dataType().sql();
        if (type.equalsIgnoreCase(contract)) {
            return Optional.empty();
        }
        boolean isText =
                table.format().filter(format -> format != FileFormat.PARQUET).isPresent();
        boolean converts = isText || contract.equals("STRING") == type.equals("string");
        return Optional.of("crawled %s, contract %s → %s"
                .formatted(type, contract, converts ? "will be converted exactly" : "a run may refuse it"));
    }

    private static String missing(StructField column, Map<String, String> types) {
        String wanted = column.dataType().sql() + (column.nullable() ? "" : " NOT NULL");
        String effect = column.nullable()
                ? "will be null"
                : "a run will refuse it" + NearMiss.hint(column.name(), types.keySet());
        return "missing, contract %s → %s".formatted(wanted, effect);
    }
}
