package io.crossfoot.sink;

/**
 * What a compaction has written anew, or is about to.
 *
 * @param files how many files there were that were too small
 * @param bytes their size
 * @param newFiles how many there are instead; before it is done, about how many there will be
 * @param newBytes their size; 0 before it is done
 * @param rows how many rows the new files hold; before it is done, those of the old ones, among them rows of an Iceberg
 *     table that are deleted
 * @param deletes how many delete files of an Iceberg table go; 0 for files
 */
public record CompactionSummary(long files, long bytes, long newFiles, long newBytes, long rows, long deletes) {
    /** Where there is nothing to do. */
    public static final CompactionSummary NOTHING = new CompactionSummary(0, 0, 0, 0, 0, 0);

    /** Returns both together. */
    public CompactionSummary plus(CompactionSummary other) {
        return new CompactionSummary(
                files + other.files,
                bytes + other.bytes,
                newFiles + other.newFiles,
                newBytes + other.newBytes,
                rows + other.rows,
                deletes + other.deletes);
    }
}
