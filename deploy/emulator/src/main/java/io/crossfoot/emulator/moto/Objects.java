package io.crossfoot.emulator.moto;

import io.crossfoot.emulator.http.AwsError;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Objects in the emulated S3, for the emulator's own use. */
public final class Objects {
    private final Moto moto;

    public Objects(Moto moto) {
        this.moto = moto;
    }

    /** Whether there is such an object. */
    public boolean exists(S3Path path) {
        return moto.send(request(path).method("HEAD", BodyPublishers.noBody()).build())
                        .statusCode()
                == 200;
    }

    /**
     * Fetches an object into a file.
     *
     * @throws AwsError with S3's code, such as NoSuchKey
     */
    public void fetch(S3Path from, Path to) {
        HttpResponse<Path> response = moto.send(request(from).GET().build(), BodyHandlers.ofFile(to));
        if (response.statusCode() != 200) {
            throw AwsError.of(
                    response.statusCode(),
                    response.statusCode() == 404 ? "NoSuchKey" : "AccessDenied",
                    "No object " + from);
        }
    }

    /**
     * Stores an object.
     *
     * @throws AwsError when there is no such bucket
     */
    public void store(S3Path to, byte[] content, String contentType) {
        HttpRequest request = request(to)
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofByteArray(content))
                .build();
        int status = moto.send(request).statusCode();
        if (status != 200) {
            throw AwsError.of(status, status == 404 ? "NoSuchBucket" : "AccessDenied", "Cannot write " + to);
        }
    }

    private HttpRequest.Builder request(S3Path path) {
        String key = URLEncoder.encode(path.key(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return moto.request("/" + path.bucket() + "/" + key, "s3", "us-east-1");
    }
}
