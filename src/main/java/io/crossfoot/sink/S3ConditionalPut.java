package io.crossfoot.sink;

import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.Headers;
import com.amazonaws.services.s3.model.AmazonS3Exception;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.SSEAlgorithm;
import com.amazonaws.services.s3.model.SSECustomerKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;

/**
 * Creates an object only if there is none of its name, as one step: {@code PUT} with {@code If-None-Match: *}. S3A's own
 * {@code create} asks first and writes later, so this sends the request by S3A's client, with its credentials. That
 * client is reached by the method that S3A of Hadoop 3.3 has for tests: where it is another one, or S3 is served by
 * another class, there is no {@link S3ConditionalPut}, and the lock is the lease that {@link RunLock} describes.
 */
final class S3ConditionalPut {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;

    private final AmazonS3 client;
    private final Configuration hadoop;

    private S3ConditionalPut(AmazonS3 client, Configuration hadoop) {
        this.client = client;
        this.hadoop = hadoop;
    }

    /**
     * Returns it for S3A; empty for any other file system.
     *
     * @throws LinkageError if there is no S3A here, or one of another version
     */
    static Optional<S3ConditionalPut> of(FileSystem files) {
        return files instanceof S3AFileSystem s3a
                ? Optional.of(new S3ConditionalPut(s3a.getAmazonS3ClientForTesting("conditional put"), files.getConf()))
                : Optional.empty();
    }

    /** Returns whether this call has created the object; else there is one of its name, or somebody creates it just now. */
    boolean create(Path path, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        PutObjectRequest put = new PutObjectRequest(
                path.toUri().getAuthority(),
                path.toUri().getPath().substring(1),
                new ByteArrayInputStream(bytes),
                metadata);
        put.putCustomRequestHeader("If-None-Match", "*");
        encrypt(put);
        try {
            client.putObject(put);
            return true;
        } catch (AmazonS3Exception refused) {
            if (refused.getStatusCode() == PRECONDITION_FAILED || refused.getStatusCode() == CONFLICT) {
                return false;
            }
            throw S3AUtils.translateException("create", path, refused);
        } catch (SdkClientException failed) {
            throw S3AUtils.translateException("create", path, failed);
        }
    }

    /** Asks for what S3A asks for: a bucket may refuse an object without it. */
    private void encrypt(PutObjectRequest put) throws IOException {
        String key = S3AUtils.getS3EncryptionKey(put.getBucketName(), hadoop);
        switch (S3AUtils.getEncryptionAlgorithm(put.getBucketName(), hadoop)) {
            case SSE_S3 -> put.getMetadata().setSSEAlgorithm(SSEAlgorithm.AES256.getAlgorithm());
            case SSE_KMS -> {
                put.getMetadata().setSSEAlgorithm(SSEAlgorithm.KMS.getAlgorithm());
                if (!key.isEmpty()) {
                    put.getMetadata().setHeader(Headers.SERVER_SIDE_ENCRYPTION_AWS_KMS_KEYID, key);
                }
            }
            case SSE_C -> put.setSSECustomerKey(new SSECustomerKey(key));
            // its client encrypts, or nobody does
            default -> {}
        }
    }
}
