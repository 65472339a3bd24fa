package io.crossfoot.whole;

import io.crossfoot.testing.Folders;
import java.nio.file.Path;

/** What the build has made. */
final class Jars {
    private Jars() {}

    static Path job() {
        return Folders.target(Folders.root().resolve("glue-job")).resolve("crossfoot-glue-job.jar");
    }

    static Path library() {
        return Folders.target().resolve("crossfoot-%s.jar".formatted(System.getProperty("crossfoot.version")));
    }

    /** Stands in for AWS's Glue library. */
    static Path glueRuntime() {
        return Folders.target(Folders.root().resolve("deploy/emulator/glue-runtime"))
                .resolve("crossfoot-glue-runtime.jar");
    }

    static Path tests() {
        return Folders.target().resolve("crossfoot-%s-tests.jar".formatted(System.getProperty("crossfoot.version")));
    }
}
