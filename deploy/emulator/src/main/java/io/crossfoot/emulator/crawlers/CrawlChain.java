package io.crossfoot.emulator.crawlers;

import io.crossfoot.emulator.child.ChildJvm;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.crawlers.CrawlLauncher.CrawlProcess;
import io.crossfoot.emulator.logs.LogStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The processes of a crawl, one for each of its targets, one after the other. */
final class CrawlChain implements CrawlProcess {
    // some files were no table: as on AWS, the others are
    private static final int NOT_ALL_TABLES = 3;

    private static final String COMPLAINT = "crossfoot: ";

    private final Path folder;
    private final LogStream log;
    private final StringBuffer complaints = new StringBuffer();
    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    private final Iterator<JvmPlan> left;
    private Optional<ChildJvm> current = Optional.empty();
    private boolean killed;

    CrawlChain(List<JvmPlan> plans, Path folder, LogStream log) {
        this.left = plans.iterator();
        this.folder = folder;
        this.log = log;
        end.whenComplete((error, failure) -> log.close());
        next();
    }

    private synchronized void next() {
        if (killed || !left.hasNext()) {
            end.complete(Optional.empty());
            return;
        }
        try {
            ChildJvm child = ChildJvm.start(left.next(), folder, log::write, this::complain);
            current = Optional.of(child);
            child.exit().thenAcceptAsync(this::ended);
        } catch (IOException failed) {
            end.complete(Optional.of("The crawl does not start: " + failed.getMessage()));
        }
    }

    private void complain(String line) {
        log.write(line);
        if (line.startsWith(COMPLAINT)) {
            complaints.append(line, COMPLAINT.length(), line.length()).append('\n');
        }
    }

    private void ended(int code) {
        if (code == 0 || code == NOT_ALL_TABLES) {
            next();
        } else {
            String said = complaints.toString().trim();
            end.complete(Optional.of(said.isEmpty() ? "The crawl ended with exit code " + code : said));
        }
    }

    @Override
    public CompletableFuture<Optional<String>> end() {
        return end;
    }

    @Override
    public synchronized void kill() {
        killed = true;
        current.ifPresent(ChildJvm::close);
    }
}
