package io.crossfoot.sink;

import io.crossfoot.source.Identifier;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The name of an Iceberg table: the Spark catalog that knows it, one or more levels of databases, and the table. */
public record IcebergName(List<String> parts) {
    private static final Pattern NAME = Pattern.compile("[^.\\s`\"/]+(\\.[^.\\s`\"/]+){2,}");

    public IcebergName {
        parts = List.copyOf(parts);
    }

    /**
     * Reads {@code lake.shop.enriched_sales}.
     *
     * @throws IllegalArgumentException saying what is wrong and how to write it
     */
    public static IcebergName parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' names no Iceberg table; write CATALOG.DATABASE.TABLE, such as lake.shop.enriched_sales"
                            .formatted(text));
        }
        return new IcebergName(List.of(text.split("\\.")));
    }

    String catalog() {
        return parts.get(0);
    }

    /** Returns the databases and the table, without the catalog. */
    List<String> inCatalog() {
        return parts.subList(1, parts.size());
    }

    String quotedDatabase() {
        return quoted(parts.subList(0, parts.size() - 1));
    }

    String quoted() {
        return quoted(parts);
    }

    private static String quoted(List<String> parts) {
        return parts.stream().map(Identifier::quoted).collect(Collectors.joining("."));
    }

    @Override
    public String toString() {
        return String.join(".", parts);
    }
}
