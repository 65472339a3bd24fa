package io.crossfoot.emulator.http;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands requests to moto as they are, and its answers back, in pieces as they come. */
final class PassThrough extends ProxyHandler {
    // moto has a thread for each connection, and a short queue for new ones
    private static final int CONNECTIONS = 64;
    private static final int WAITING = 100_000;

    private final URI moto;

    PassThrough(URI moto) {
        this.moto = moto;
    }

    @Override
    protected void configureHttpClient(HttpClient client) {
        super.configureHttpClient(client);
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(WAITING);
        client.setUserAgentField(null);
        client.setIdleTimeout(0);
    }

    @Override
    protected HttpURI rewriteHttpURI(Request request) {
        return HttpURI.build(request.getHttpURI()).scheme("http").authority(moto.getHost(), moto.getPort());
    }

    /** Signatures hold only as long as nothing is added. */
    @Override
    protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request passed) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        try {
            return super.handle(new WithoutExpectation(request), response, callback);
        } catch (IllegalArgumentException notAnAddress) {
            Answers.error(
                    AwsError.of("InvalidURI", "Couldn't parse the specified URI: " + notAnAddress.getMessage()),
                    response,
                    callback);
            return true;
        }
    }

    /**
     * A request whose sender need not wait for moto's leave to continue: the endpoint gives it when it reads the body. moto
     * would give it twice, which the client here takes for an answer. No signature covers this header.
     */
    private static final class WithoutExpectation extends Request.Wrapper {
        private final HttpFields headers;

        WithoutExpectation(Request request) {
            super(request);
            this.headers = HttpFields.build(request.getHeaders()).remove(HttpHeader.EXPECT);
        }

        @Override
        public HttpFields getHeaders() {
            return headers;
        }
    }
}
