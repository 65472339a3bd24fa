package io.crossfoot.storage;

import io.crossfoot.error.UsageException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.sql.SparkSession;

/** The file systems of paths, and which paths are on one. */
public final class Storage {
    private static final Set<String> S3 = Set.of("s3", "s3a", "s3n");
    private static final Pattern WITH_KEYS = Pattern.compile("s3[an]?://[^/]*[:@].*");

    private Storage() {}

    /** Returns Hadoop's settings as a session has them: those of its Spark, and over them its own, such as keys of a bucket. */
    public static Configuration configuration(SparkSession spark) {
        Configuration hadoop = new Configuration(spark.sparkContext().hadoopConfiguration());
        spark.conf().getAll().foreach(setting -> {
            hadoop.set(setting._1, setting._2);
            return setting;
        });
        return hadoop;
    }

    /**
     * Returns the file system of a path; asks no server.
     *
     * @throws UsageException if there is none here, or if the path itself is wrong
     */
    public static FileSystem of(Path path, Configuration hadoop) {
        refuseKeys(path.toString());
        try {
            return path.getFileSystem(hadoop);
        } catch (IOException unknown) {
            throw new UsageException("Cannot use %s: %s; name a path of a file system that is set up here"
                    .formatted(path, unknown.getMessage()));
        } catch (RuntimeException unusable) {
            throw unusable(path, unusable);
        }
    }

    private static RuntimeException unusable(Path path, RuntimeException cause) {
        if (isS3(path.toUri()) && path.toUri().getHost() == null) {
            return new UsageException("Cannot use %s: '%s' is no name of a bucket; take a-z 0-9 . and - only"
                    .formatted(path, path.toUri().getAuthority()));
        }
        if (String.valueOf(cause.getMessage()).contains("ClassNotFoundException")) {
            String remedy = isS3(path.toUri())
                    ? "start with ./crossfoot, or give spark-submit --packages org.apache.hadoop:hadoop-aws:"
                            + VersionInfo.getVersion()
                    : "put its jar on the class path";
            return new UsageException("Cannot use %s: the file system for %s:// is not on the class path; %s"
                    .formatted(path, path.toUri().getScheme(), remedy));
        }
        return cause;
    }

    /** A path is shown, logged and reported; S3A would not take keys in it either. */
    private static void refuseKeys(String path) {
        if (WITH_KEYS.matcher(path).matches()) {
            throw new UsageException(
                    "Cannot use a path of S3 with ':' or '@' in the name of its bucket: keys do not belong"
                            + " there; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE");
        }
    }

    /** Whether a store is S3, by whichever client. */
    public static boolean isS3(URI store) {
        return store.getScheme() != null && S3.contains(store.getScheme());
    }

    /** Returns a path with its file system, in the one spelling of those that name one place: {@code s3a://} for S3. */
    public static Path unified(Path path, Configuration hadoop) {
        Path qualified = of(path, hadoop).makeQualified(path);
        return isS3(qualified.toUri())
                ? under(URI.create("s3a://" + qualified.toUri().getAuthority()), qualified)
                : qualified;
    }

    /** Returns the same path in another store. */
    public static Path under(URI store, Path path) {
        return new Path(store.getScheme(), store.getAuthority(), path.toUri().getPath());
    }
}
