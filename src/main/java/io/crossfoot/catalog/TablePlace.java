package io.crossfoot.catalog;

import java.util.Optional;

/**
 * Where a table is, for those who do not ask the catalog that has it.
 *
 * @param location the folder of its files
 * @param arn empty where it has none, or not all of it is known
 */
public record TablePlace(String location, Optional<TableArn> arn) {}
