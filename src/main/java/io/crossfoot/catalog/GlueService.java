package io.crossfoot.catalog;

import io.crossfoot.error.StorageException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.glue.GlueClient;

/**
 * What Glue answers for in an AWS account. Credentials, region and endpoint are those that every AWS tool uses:
 * {@code AWS_PROFILE}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_GLUE} and so on. Calls that fail for the moment, or
 * are throttled, are tried again a few times.
 *
 * @param name what messages call it
 */
record GlueService(String name, GlueClient client, Region region) implements AutoCloseable {
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    /** @throws StorageException when no region is set */
    static GlueService open(String name) {
        Region region = region(name);
        GlueClient client = GlueClient.builder()
                .region(region)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        calls -> calls.retryStrategy(RetryMode.STANDARD).apiCallTimeout(LONGEST_CALL))
                .build();
        return new GlueService(name, client, region);
    }

    private static Region region(String name) {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkException unset) {
            // what the AWS CLI reads, and Java's SDK does not
            return Optional.ofNullable(System.getenv("AWS_DEFAULT_REGION"))
                    .map(Region::of)
                    .orElseThrow(() -> new StorageException(
                            "Cannot reach %s: no region is set; set AWS_REGION".formatted(name), unset));
        }
    }

    /**
     * Does some work that calls it.
     *
     * @param what the work, in words that follow "Cannot"
     * @throws StorageException when it refuses, or cannot be reached
     */
    <T> T call(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (AwsServiceException refused) {
            String code = String.valueOf(refused.awsErrorDetails().errorCode()); // some answers carry none
            boolean denied = code.contains("AccessDenied") || refused.statusCode() == 403;
            String remedy = denied ? "; give this user or role the right" : "";
            throw new StorageException(
                    "Cannot %s in %s: %s (%s)%s"
                            .formatted(
                                    what, describe(), refused.awsErrorDetails().errorMessage(), code, remedy),
                    refused);
        } catch (SdkException failed) {
            throw new StorageException(
                    "Cannot %s in %s: %s; check AWS_REGION, AWS_PROFILE and AWS_ENDPOINT_URL"
                            .formatted(what, describe(), firstLine(failed)),
                    failed);
        }
    }

    private static String firstLine(Throwable failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("no reason given");
    }

    String describe() {
        return "%s (%s)".formatted(name, region.id());
    }

    @Override
    public void close() {
        client.close();
    }
}
