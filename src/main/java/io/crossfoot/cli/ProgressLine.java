package io.crossfoot.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Shows which stage a run is in, and for how long it has run. */
final class ProgressLine implements Consumer<String>, AutoCloseable {
    /** How stages are shown. */
    enum Style {
        /** One line, rewritten every second and removed at the end: for a terminal. */
        REWRITTEN,
        /** One line for each stage: for a log. */
        LINES,
        SILENT
    }

    private static final String START_OF_EMPTY_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final Style style;
    private final LongSupplier nanoClock;
    private final long started;
    private final Timer timer = new Timer("progress", true);
    private String stage = "";

    ProgressLine(PrintStream err, Style style, LongSupplier nanoClock) {
        this.err = err;
        this.style = style;
        this.nanoClock = nanoClock;
        this.started = nanoClock.getAsLong();
        if (style == Style.REWRITTEN) {
            timer.schedule(new Tick(), 1000, 1000);
        }
    }

    @Override
    public synchronized void accept(String stage) {
        this.stage = stage;
        show();
    }

    /** Removes the line, so that nothing of it mixes with what is printed next. */
    synchronized void clear() {
        if (style == Style.REWRITTEN && !stage.isEmpty()) {
            err.print(START_OF_EMPTY_LINE);
            err.flush();
        }
        stage = "";
    }

    @Override
    public void close() {
        timer.cancel();
        clear();
    }

    private synchronized void show() {
        if (stage.isEmpty()) {
            return;
        }
        double seconds = Duration.ofNanos(nanoClock.getAsLong() - started).toMillis() / 1000.0;
        String line = String.format(Locale.ROOT, "%6.1f s  %s", seconds, stage);
        switch (style) {
            case REWRITTEN -> {
                err.print(START_OF_EMPTY_LINE + line);
                err.flush();
            }
            case LINES -> err.println(line);
            case SILENT -> {}
        }
    }

    private final class Tick extends TimerTask {
        @Override
        public void run() {
            show();
        }
    }
}
