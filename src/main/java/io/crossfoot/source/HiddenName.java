package io.crossfoot.source;

/** Names of files and folders that are no data: as Spark has it, which would not read them either. */
public final class HiddenName {
    private HiddenName() {}

    /** Whether what bears this name, and all below it, is not read. */
    public static boolean is(String name) {
        return name.startsWith(".")
                || (name.startsWith("_") && !isPartition(name))
                || name.endsWith("._COPYING_")
                // the sign of a folder that some clients of S3 leave
                || name.endsWith("_$folder$");
    }

    /** Whether a folder of this name is a column: {@code region=North}. */
    static boolean isPartition(String folder) {
        return folder.indexOf('=') > 0;
    }
}
