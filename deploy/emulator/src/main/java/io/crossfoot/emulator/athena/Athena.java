package io.crossfoot.emulator.athena;

import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.http.Operations;
import io.crossfoot.emulator.moto.Moto;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Athena. */
public final class Athena {
    private final QueryOperations queries;
    private final NamedQueries named;

    public Athena(
            Installation installation,
            Supplier<URI> endpoint,
            Path work,
            Moto moto,
            InstantSource clock,
            Executor executor) {
        QueryEngine engine = new SparkEngine(installation, endpoint, work);
        this.queries = new QueryOperations(moto, new Executions(moto, engine, executor, clock, work));
        this.named = new NamedQueries(moto);
    }

    public void addTo(Operations operations) {
        queries.addTo(operations);
        named.addTo(operations);
    }
}
