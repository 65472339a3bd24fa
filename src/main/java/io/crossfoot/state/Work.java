package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * @param listing the hash of the objects that are there, of which of them may be read, and of what takes the place of what
 */
public record Work(
        List<InputFile> added,
        List<InputFile> changed,
        List<InputFile> again,
        List<ProcessedRun> replaced,
        long known,
        Gone vanished,
        Gone lost,
        String listing) {

    /** Objects that are not where they were: how many, and the first of them. */
    public record Gone(long count, List<String> first) {}

    static Work nothing(long known, Gone vanished, String listing) {
        return new Work(List.of(), List.of(), List.of(), List.of(), known, vanished, new Gone(0, List.of()), listing);
    }

    /**
     * Returns what there is to do when this is done and the objects are as they were: nothing. Empty where it is not known
     * what is gone then: objects may have been read by a run that is replaced.
     */
    Optional<Work> afterwards() {
        long all = known + added.size() + changed.size() + again.size();
        return replaced.isEmpty() || vanished.count() == 0
                ? Optional.of(nothing(all, vanished, listing))
                : Optional.empty();
    }

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
