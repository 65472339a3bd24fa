package io.crossfoot.sink;

import com.amazonaws.services.s3.model.PutObjectRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.WriteOperationHelper;

/**
 * A page of HTML as S3 must know it, for a browser to show it: what S3A writes is called {@code application/octet-stream},
 * which a browser saves. S3A of Hadoop 3.3 writes it here, too, with all that it asks of S3, such as encryption.
 */
final class S3Page {
    private static final String HTML = "text/html; charset=utf-8";

    private S3Page() {}

    /**
     * Writes it in place of the one that may be there.
     *
     * @return false where the file system is not S3A, and nothing was written
     * @throws LinkageError if there is no S3A here, or one of another version
     */
    static boolean write(FileSystem files, Path path, String text) throws IOException {
        if (!(files instanceof S3AFileSystem s3a)) {
            return false;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WriteOperationHelper writing = s3a.getWriteOperationHelper();
        PutObjectRequest put = writing.createPutObjectRequest(
                path.toUri().getPath().substring(1), new ByteArrayInputStream(bytes), bytes.length, Map.of());
        put.getMetadata().setContentType(HTML);
        writing.putObject(put);
        return true;
    }
}
