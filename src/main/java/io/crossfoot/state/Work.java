package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What there is to do since the last run, and why.
 *
 * @param added objects that no run has read
 * @param changed objects that were rewritten since a run has read them
 * @param again objects as they were, to be read again because the run that has read them is replaced
 * @param replaced the runs whose place the next one takes, newest first
 * @param known how many objects stay as they are
 * @param vanished objects that a run has read and that are gone: their rows stay
 * @param lost objects that are gone, and that were read by a run which is to be replaced: their rows would be lost
 */
public record Work(
        List<InputFile> added,
        List<InputFile> changed,
        List<InputFile> again,
        List<ProcessedRun> replaced,
        long known,
        Gone vanished,
        Gone lost) {

    /** Objects that are not where they were: how many, and the first of them. */
    public record Gone(long count, List<String> first) {}

    /** Whether the next run has nothing to read and nothing to replace. */
    public boolean isNothing() {
        return added.isEmpty() && changed.isEmpty() && replaced.isEmpty();
    }

    /** Returns the objects that the next run reads, by path. */
    public List<InputFile> toRead() {
        return Stream.of(added, changed, again)
                .flatMap(List::stream)
                .sorted(Comparator.comparing(InputFile::path))
                .toList();
    }
}
