package io.crossfoot.emulator.functions;

import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/** Lambda functions in Java, and the queues that feed them. */
public final class Lambda {
    private final Moto moto;
    private final Functions functions;
    private final EventSources sources;

    public Lambda(
            Installation installation, Supplier<URI> endpoint, Path work, Moto moto, Logs logs, Executor executor) {
        this.moto = moto;
        this.functions = new Functions(installation, endpoint, work, moto, logs);
        this.sources = new EventSources(moto, functions, executor);
    }

    /** Returns a handler that answers what is Lambda's, and hands all else to the next. */
    public Handler before(Handler next) {
        return new FunctionRoutes(moto, functions, sources, next);
    }
}
