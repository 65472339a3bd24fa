package io.crossfoot.cli;

import java.util.Iterator;
import java.util.List;

/**
 * Rows of a query, fetched as they are asked for.
 *
 * @param values a value for each column, null included
 */
record Rows(List<String> columns, Iterator<List<Object>> values) {}
