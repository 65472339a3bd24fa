package io.crossfoot;

import io.crossfoot.report.RunReport.StageTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The stages of a run: each is announced when it begins, and timed. */
final class Stages {
    private final Consumer<String> progress;
    private final List<StageTime> ended = new ArrayList<>();
    private String current = "";
    private long began = System.nanoTime();

    Stages(Consumer<String> progress) {
        this.progress = progress;
    }

    void begin(String stage) {
        end();
        current = stage;
        progress.accept(stage);
    }

    /** Returns the stages that have ended and the current one, so far. */
    List<StageTime> times() {
        List<StageTime> times = new ArrayList<>(ended);
        if (!current.isEmpty()) {
            times.add(new StageTime(current, (System.nanoTime() - began) / 1_000_000));
        }
        return times;
    }

    private void end() {
        List<StageTime> times = times();
        ended.clear();
        ended.addAll(times);
        began = System.nanoTime();
    }
}
