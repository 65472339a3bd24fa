package io.crossfoot.cli;

import io.crossfoot.catalog.CatalogTable;
import java.math.BigInteger;

/** A count among the parameters of a table. */
final class Count {
    private Count() {}

    /** Returns the number; an empty text when the table does not say. */
    static Object of(CatalogTable table, String parameter) {
        String text = table.parameters().getOrDefault(parameter, "");
        return text.matches("[0-9]+") ? new BigInteger(text) : "";
    }
}
