package io.crossfoot.sink;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * What a publication changes besides bringing what its run has staged: what goes, and what is kept beside the output. All
 * of it happens, or none.
 */
public final class Change {
    private final WriteMode mode;
    private final List<PublishedRun> replaced;
    private final List<Step> beside;
    private final Optional<TableCommit> commit;

    private Change(WriteMode mode, List<PublishedRun> replaced, List<Step> beside, Optional<TableCommit> commit) {
        this.mode = mode;
        this.replaced = replaced;
        this.beside = beside;
        this.commit = commit;
    }

    /** The output of an earlier run: its files below the output, by the names that it has published them under. */
    public record PublishedRun(String run, List<String> files) {
        public PublishedRun {
            files = List.copyOf(files);
        }
    }

    /** {@link WriteMode#OVERWRITE} takes all that is there away; {@link WriteMode#APPEND} takes nothing. */
    public static Change of(WriteMode mode) {
        return new Change(mode, List.of(), List.of(), Optional.empty());
    }

    /** Brings what was staged to a table, where there is one, in place of moving files below the output. */
    public Change committing(Optional<TableCommit> toTable) {
        return new Change(mode, replaced, beside, toTable);
    }

    /**
     * Takes away what these runs have published: their files, their quarantine and their reports go as the new files come.
     * Where the store is no local disk, a reader by path can see both for a moment.
     */
    public Change replacing(List<PublishedRun> runs) {
        return new Change(mode, List.copyOf(runs), beside, commit);
    }

    /**
     * Gives a file of the control folder its place.
     *
     * @param staged where it lies until then, on the file system of the control folder
     * @param bytes its length
     */
    public Change filing(Path staged, Path file, long bytes) {
        return with(new Step.Move(staged.toString(), file.toString(), bytes));
    }

    /** Leaves a text in the control folder, in place of the one that may be there. */
    public Change noting(Path file, String text) {
        return with(new Step.Note(file.toString(), text));
    }

    private Change with(Step step) {
        return new Change(
                mode, replaced, Stream.concat(beside.stream(), Stream.of(step)).toList(), commit);
    }

    WriteMode mode() {
        return mode;
    }

    List<PublishedRun> replaced() {
        return replaced;
    }

    List<Step> beside() {
        return beside;
    }

    Optional<TableCommit> commit() {
        return commit;
    }

    /** What was noted of a publication as one that may be replaced. */
    static List<PublishedRun> of(Optional<Unacknowledged> earlier) {
        return earlier.map(found -> new PublishedRun(found.run(), found.files())).stream()
                .toList();
    }
}
