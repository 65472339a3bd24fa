package io.crossfoot.catalog;

import java.util.Optional;

/**
 * A table as all of AWS knows it: its Amazon Resource Name.
 *
 * @param account the twelve digits of the account whose catalog holds the table
 */
public record TableArn(String region, String account, TableName table) {
    /** @param catalog the id of the catalog as Glue tells it; one that is no account, as of another kind of catalog, gives none */
    static Optional<TableArn> of(String region, String catalog, TableName table) {
        return catalog != null && catalog.matches("\\d{12}")
                ? Optional.of(new TableArn(region, catalog, table))
                : Optional.empty();
    }

    /** Returns whose the name is: {@code arn:aws:glue:eu-west-1:123456789012}. */
    public String namespace() {
        return "arn:aws:glue:%s:%s".formatted(region, account);
    }

    /** Returns the name among the resources of that account and region: {@code table/analytics/sales}. */
    public String resource() {
        return "table/%s/%s".formatted(table.database(), table.table());
    }
}
