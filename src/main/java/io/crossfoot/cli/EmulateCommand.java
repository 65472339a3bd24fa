package io.crossfoot.cli;

import io.crossfoot.error.UsageException;
import picocli.CommandLine.Model.CommandSpec;

/** {@code crossfoot emulate}, which the launcher starts by itself: the emulator is in no jar that is shipped. */
final class EmulateCommand implements Command {
    @Override
    public CommandSpec model() {
        return Options.command(
                "emulate", "a local AWS whose crawlers crawl, jobs run and queries answer", "emulate [OPTION…]");
    }

    @Override
    public int run(Arguments arguments, Shell shell) {
        throw new UsageException("Cannot emulate from here: start ./crossfoot emulate from a clone");
    }
}
