package io.crossfoot.emulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers the operations of the JSON 1.1 protocol that are performed here; hands all other requests to the next. */
final class Dispatcher extends Handler.Wrapper {
    private static final int LARGEST_INPUT = 8 << 20;
    private static final Pattern TARGET = Pattern.compile("(AWSGlue|AmazonAthena|AWSEvents)\\.([A-Za-z]{1,100})");

    private final Operations operations;
    private final Permission permission;

    Dispatcher(Operations operations, Permission permission, Handler next) {
        super(next);
        this.operations = operations;
        this.permission = permission;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String target = request.getHeaders().get("X-Amz-Target");
        if (target == null || operations.passes(target)) {
            return super.handle(request, response, callback);
        }
        try {
            // read in any case: a connection with an unread body cannot be used again
            byte[] body = body(request);
            Operation operation = find(target);
            permission.require(request.getHeaders()::get, body);
            Call call = new Call(Signature.region(request), target, Json.parse(body));
            Answers.result(operation.answer(call), response, callback);
        } catch (AwsError refused) {
            Answers.error(refused, response, callback);
        } catch (IOException hungUp) {
            callback.failed(hungUp);
        } catch (RuntimeException bug) {
            System.err.println("emulate: an internal error; please report it with what follows");
            bug.printStackTrace();
            Answers.error(
                    AwsError.of(500, "InternalServiceException", "The emulator failed: " + bug), response, callback);
        }
        return true;
    }

    private Operation find(String target) {
        Matcher parts = TARGET.matcher(target);
        if (!parts.matches()) {
            throw AwsError.of("UnknownOperationException", "There is no operation '%s'".formatted(target));
        }
        return operations
                .find(target)
                .orElseThrow(() -> AwsError.notImplemented(
                        "The emulator does not know %s of %s; see the table in deploy/emulator/README.md"
                                .formatted(parts.group(2), parts.group(1))));
    }

    private static byte[] body(Request request) throws IOException {
        try (InputStream body = Content.Source.asInputStream(request)) {
            byte[] bytes = body.readNBytes(LARGEST_INPUT + 1);
            if (bytes.length > LARGEST_INPUT) {
                // to its end, and kept nowhere: who is cut off while he sends hears no answer
                body.transferTo(OutputStream.nullOutputStream());
                throw AwsError.of(
                        413,
                        "RequestEntityTooLargeException",
                        "The request is longer than %d bytes".formatted(LARGEST_INPUT));
            }
            return bytes;
        }
    }
}
