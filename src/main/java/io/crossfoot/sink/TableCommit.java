package io.crossfoot.sink;

/** A change of a table whose format knows commits: readers see all of it, or none. */
public interface TableCommit {
    /** Returns what the table will tell this commit by. */
    CommitMark mark();

    /**
     * Commits.
     *
     * @throws io.crossfoot.error.CrossfootException if it did not, or if nobody knows: whoever asks the table by the mark
     *     finds out
     */
    void perform();
}
