package io.crossfoot.state;

import io.crossfoot.source.InputFile;
import io.crossfoot.state.ProcessedRun.Standing;
import io.crossfoot.state.Work.Gone;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lays the objects that are there against those that runs have read, which pass by once, newest run first. Holds the
 * former, and of the latter only what differs.
 */
final class Comparison {
    private static final int SHOWN = 10;

    private final List<InputFile> found;
    private final Predicate<InputFile> wanted;
    /** Objects that some run has read; the newest of them counts. */
    private final BitSet read;

    private final BitSet changed = new BitSet();
    private final BitSet again = new BitSet();
    private final List<ProcessedRun> replaced = new ArrayList<>();
    private final Missing vanished = new Missing();
    private final Missing lost = new Missing();
    private OneRun current;

    /**
     * @param found sorted by path
     * @param wanted of new and changed objects only those count, and of runs to be done again only those that have read one
     */
    Comparison(List<InputFile> found, Predicate<InputFile> wanted) {
        this.found = found;
        this.wanted = wanted;
        this.read = new BitSet(found.size());
    }

    /** Begins a run; returns who takes its objects. */
    Consumer<InputFile> begin(ProcessedRun run) {
        endRun();
        current = new OneRun(run);
        return current;
    }

    Work end() {
        endRun();
        List<InputFile> added = new ArrayList<>();
        for (int i = read.nextClearBit(0); i < found.size(); i = read.nextClearBit(i + 1)) {
            if (wanted.test(found.get(i))) {
                added.add(found.get(i));
            }
        }
        long known = read.cardinality() - changed.cardinality() - again.cardinality();
        return new Work(added, at(changed), at(again), List.copyOf(replaced), known, vanished.gone(), lost.gone());
    }

    private void endRun() {
        if (current != null) {
            current.end();
        }
        current = null;
    }

    private List<InputFile> at(BitSet places) {
        return places.stream().mapToObj(found::get).toList();
    }

    /** The objects of one run. */
    private final class OneRun implements Consumer<InputFile> {
        private final ProcessedRun run;
        private final BitSet rewritten = new BitSet();
        private final BitSet same = new BitSet();
        private final Missing missing = new Missing();
        private boolean isWanted;

        OneRun(ProcessedRun run) {
            this.run = run;
        }

        @Override
        public void accept(InputFile before) {
            int place = place(before.path());
            if (place < 0) {
                missing.add(before.path());
            } else if (!read.get(place)) {
                read.set(place);
                InputFile now = found.get(place);
                boolean isUnchanged = now.isUnchangedSince(before);
                (isUnchanged ? same : rewritten).set(place);
                isWanted |= wanted.test(now) && (!isUnchanged || run.standing() == Standing.REWOUND);
            }
        }

        void end() {
            if (run.standing() == Standing.SET) {
                // nothing of it can be replaced: what was rewritten since is new
                read.andNot(rewritten);
                vanished.add(missing);
                return;
            }
            boolean isAllGone = run.standing() == Standing.REWOUND && same.isEmpty() && rewritten.isEmpty();
            if (isWanted || isAllGone) {
                replaced.add(run);
                changed.or(rewritten);
                again.or(same);
                lost.add(missing);
            } else {
                vanished.add(missing);
            }
        }
    }

    /** Where an object lies in the list of those found; negative when it does not. */
    private int place(String path) {
        int low = 0;
        int high = found.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = found.get(middle).path().compareTo(path);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Counts, and keeps the first few. */
    private static final class Missing {
        private final List<String> first = new ArrayList<>();
        private long count;

        void add(String path) {
            count++;
            if (first.size() < SHOWN) {
                first.add(path);
            }
        }

        void add(Missing others) {
            count += others.count;
            others.first.stream().limit(SHOWN - (long) first.size()).forEach(first::add);
        }

        Gone gone() {
            return new Gone(count, List.copyOf(first));
        }
    }
}
