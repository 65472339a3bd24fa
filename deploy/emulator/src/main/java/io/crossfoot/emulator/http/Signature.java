package io.crossfoot.emulator.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/** What the signature of a request tells; whether it is right is moto's matter. */
public final class Signature {
    private static final Pattern REGION = Pattern.compile("Credential=[^/,]*/[^/,]*/([a-z0-9-]{1,40})/");
    private static final String HOME_REGION = "us-east-1";

    private Signature() {}

    /** Returns the region that a request was signed for. */
    public static String region(Request request) {
        String signature = request.getHeaders().get("Authorization");
        Matcher region = REGION.matcher(signature == null ? "" : signature);
        return region.find() ? region.group(1) : HOME_REGION;
    }
}
