package io.crossfoot.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One command of the command line: what it understands, and what it does. */
interface Command {
    /** Returns a new model of its arguments, by whose name it is called. */
    CommandSpec model();

    /** Runs, and returns the exit code. */
    int run(Arguments arguments, Shell shell);
}
