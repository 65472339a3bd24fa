package io.crossfoot.cli;

import java.util.Optional;

/** Starts what does the work. It is asked only once arguments and settings are known to be right. */
@FunctionalInterface
interface Engine {
    /** Starts a session; without a master, on the one that spark-submit chose, else on all cores of this machine. */
    Session start(Optional<String> master);
}
