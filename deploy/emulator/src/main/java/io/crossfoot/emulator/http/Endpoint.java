package io.crossfoot.emulator.http;

import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The one address of all emulated services, on the loopback interface. */
public final class Endpoint implements AutoCloseable {
    private static final int THREADS = 256;
    private static final int QUEUED_CONNECTIONS = 4_096;
    private static final int LARGEST_HEADERS = 64 << 10;

    private final Server server;
    private final ServerConnector connector;

    private Endpoint(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to answer.
     *
     * @param port 0 takes a free one
     * @param operations what is performed here
     * @param permission who may have it performed
     * @param others performs some of all other requests, and hands the rest to what it is given, which is moto
     * @throws IOException when the port is taken
     */
    public static Endpoint open(
            int port, URI moto, Operations operations, Permission permission, UnaryOperator<Handler> others)
            throws IOException {
        return open(port, new Dispatcher(operations, permission, others.apply(new PassThrough(moto))));
    }

    /** Starts to answer with a handler of Jetty's. */
    public static Endpoint open(int port, Handler handler) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("endpoint");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(asSent()));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(QUEUED_CONNECTIONS);
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        server.setHandler(new Guard(handler));
        Endpoint endpoint = new Endpoint(server, connector);
        try {
            server.start();
            return endpoint;
        } catch (IOException taken) {
            endpoint.close();
            throw new IOException(
                    "Cannot listen on port %d of this machine: something else does; stop that, or choose another port with --port"
                            .formatted(port),
                    taken);
        } catch (Exception failed) {
            endpoint.close();
            throw new IllegalStateException("the endpoint does not start", failed);
        }
    }

    /** Returns the address for {@code AWS_ENDPOINT_URL}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }

    /** Keys of objects may look like anything, and headers pass unchanged. */
    private static HttpConfiguration asSent() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(LARGEST_HEADERS);
        configuration.setResponseHeaderSize(LARGEST_HEADERS);
        return configuration;
    }
}
