package io.crossfoot.state;

import static java.util.Comparator.comparing;

import io.crossfoot.source.InputFile;
import io.crossfoot.state.ProcessedRun.Standing;
import io.crossfoot.state.Work.Gone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Lays the objects that are there against those that runs have read, which pass by once, newest run first. Holds the
 * former, and of the latter where they lie among them.
 */
final class Comparison {
    private static final int SHOWN = 10;

    private final List<InputFile> found;
    /** Where they lie, in the spelling of the state; in its order. */
    private final List<String> paths;

    private final Predicate<InputFile> wanted;
    private final Grain grain;
    /** Objects that some run has read; the newest of them counts. */
    private final BitSet read;

    private final List<OneRun> runs = new ArrayList<>();
    private OneRun current;

    /**
     * @param wanted of new and changed objects only those count, and of runs to be done again only those that have read one
     */
    Comparison(List<InputFile> found, Predicate<InputFile> wanted, Grain grain) {
        this.found = found.stream()
                .sorted(comparing(object -> ObjectPath.unified(object.path())))
                .toList();
        this.paths = this.found.stream()
                .map(object -> ObjectPath.unified(object.path()))
                .toList();
        this.wanted = wanted;
        this.grain = grain;
        this.read = new BitSet(found.size());
    }

    /** Begins a run; returns who takes its objects. */
    Consumer<InputFile> begin(ProcessedRun run) {
        endRun();
        current = new OneRun(run);
        return current;
    }

    /** @param listing the hash of the objects that are there */
    Work end(String listing) {
        endRun();
        replaceTogether();
        BitSet changed = new BitSet();
        BitSet again = new BitSet();
        Missing vanished = new Missing();
        Missing lost = new Missing();
        for (OneRun run : runs) {
            if (run.isReplaced) {
                Arrays.stream(run.rewritten).forEach(changed::set);
                Arrays.stream(run.same).forEach(again::set);
            } else if (run.isReadAlone()) {
                Arrays.stream(run.rewritten)
                        .filter(place -> wanted.test(found.get(place)))
                        .forEach(changed::set);
            }
            (run.isReplaced && grain == Grain.RUN ? lost : vanished).add(run.missing);
        }
        List<InputFile> added = new ArrayList<>();
        for (int i = read.nextClearBit(0); i < found.size(); i = read.nextClearBit(i + 1)) {
            if (wanted.test(found.get(i))) {
                added.add(found.get(i));
            }
        }
        List<ProcessedRun> replaced =
                runs.stream().filter(run -> run.isReplaced).map(run -> run.run).toList();
        long known = read.cardinality() - changed.cardinality() - again.cardinality();
        return new Work(added, at(changed), at(again), replaced, known, vanished.gone(), lost.gone(), listing);
    }

    /** A file that goes takes the rows of all runs with it that share it. */
    private void replaceTogether() {
        Set<String> going = new HashSet<>();
        boolean isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (OneRun run : runs) {
                run.isReplaced |= run.run.files().stream().anyMatch(going::contains);
                isGrowing |= run.isReplaced && going.addAll(run.run.files());
            }
        }
    }

    private void endRun() {
        if (current != null) {
            current.end();
            runs.add(current);
        }
        current = null;
    }

    private List<InputFile> at(BitSet places) {
        return places.stream().mapToObj(found::get).toList();
    }

    /** The objects of one run, of which only places are kept: there may be a million of them. */
    private final class OneRun implements Consumer<InputFile> {
        private final ProcessedRun run;
        private final IntStream.Builder rewrittenPlaces = IntStream.builder();
        private final IntStream.Builder samePlaces = IntStream.builder();
        private final Missing missing = new Missing();
        private int[] rewritten = {};
        private int[] same = {};
        private boolean isReplaced;

        OneRun(ProcessedRun run) {
            this.run = run;
        }

        @Override
        public void accept(InputFile before) {
            int place = Collections.binarySearch(paths, ObjectPath.unified(before.path()));
            if (place < 0) {
                missing.add(before.path());
            } else if (!read.get(place)) {
                read.set(place);
                InputFile now = found.get(place);
                boolean isUnchanged = now.isUnchangedSince(before);
                (isUnchanged ? samePlaces : rewrittenPlaces).add(place);
                boolean isAffected = !isUnchanged && grain == Grain.RUN || run.standing() == Standing.REWOUND;
                isReplaced |= wanted.test(now) && isAffected;
            }
        }

        boolean isReadAlone() {
            return grain == Grain.OBJECT && run.standing() != Standing.SET;
        }

        void end() {
            rewritten = rewrittenPlaces.build().toArray();
            same = samePlaces.build().toArray();
            if (run.standing() == Standing.SET) {
                // nothing of it can be replaced: what was rewritten since is new
                Arrays.stream(rewritten).forEach(read::clear);
                isReplaced = false;
            } else if (run.standing() == Standing.REWOUND) {
                boolean isAllGone = same.length == 0 && rewritten.length == 0;
                isReplaced |= isAllGone;
            }
        }
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
