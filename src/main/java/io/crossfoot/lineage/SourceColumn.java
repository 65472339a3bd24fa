package io.crossfoot.lineage;

/** A column as a source has it, before anything was made of it. */
public record SourceColumn(String table, String column) implements Comparable<SourceColumn> {
    @Override
    public int compareTo(SourceColumn other) {
        int byTable = table.compareTo(other.table);
        return byTable == 0 ? column.compareTo(other.column) : byTable;
    }

    /** Returns it as people write it: {@code sales.price}. */
    @Override
    public String toString() {
        return table + "." + column;
    }
}
