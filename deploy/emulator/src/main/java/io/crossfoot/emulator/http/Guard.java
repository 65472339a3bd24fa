package io.crossfoot.emulator.http;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets in only this machine, and only under a name of its own: a web page that a browser here shows could otherwise reach
 * the endpoint under a name of the page's owner.
 */
final class Guard extends Handler.Wrapper {
    private static final Pattern LOOPBACK_NAME =
            Pattern.compile("(.+\\.)?localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    Guard(Handler next) {
        super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean fromHere = request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer
                && peer.getAddress().isLoopbackAddress();
        String host = Request.getServerName(request);
        if (fromHere && host != null && LOOPBACK_NAME.matcher(host).matches()) {
            return super.handle(request, response, callback);
        }
        Answers.lastError(
                AwsError.of(403, "AccessDeniedException", "The emulator answers on 127.0.0.1 and localhost only"),
                response,
                callback);
        return true;
    }
}
