package io.crossfoot.sink;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/** A file system that is not local by its name, keeps its files on the local disk, and can be told to fail. */
public final class RemoteFileSystem extends RawLocalFileSystem {
    private static final String DENIED = "remote.denied";
    private static final String FULL = "remote.full";

    private URI uri;

    /** Serves {@code remote://} and, in place of the real one, {@code s3a://}. */
    static Configuration configuration() {
        Configuration configuration = new Configuration(false);
        for (String scheme : new String[] {"remote", "s3a"}) {
            configuration.setClass(
                    "fs.%s.impl".formatted(scheme), RemoteFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
            configuration.setBoolean("fs.%s.impl.disable.cache".formatted(scheme), true);
        }
        return configuration;
    }

    /** Whatever would write or rename to a path with this in it is denied. */
    static Configuration denying(String part) {
        Configuration configuration = configuration();
        configuration.set(DENIED, part);
        return configuration;
    }

    /** There is no space for a file with this in its path. */
    static Configuration withoutSpaceFor(String part) {
        Configuration configuration = configuration();
        configuration.set(FULL, part);
        return configuration;
    }

    @Override
    public void initialize(URI name, Configuration configuration) throws IOException {
        uri = URI.create(name.getScheme() + "://" + name.getAuthority());
        super.initialize(name, configuration);
    }

    @Override
    public URI getUri() {
        // the super class asks before it says which
        return uri == null ? super.getUri() : uri;
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        check(file);
        return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        check(to);
        // as HDFS and the object stores do it, and the local disk does not
        return !exists(to) && super.rename(from, to);
    }

    /** Would start a process for each file. */
    @Override
    public void setPermission(Path path, FsPermission permission) {}

    private void check(Path path) throws IOException {
        if (matches(path, DENIED)) {
            throw new AccessControlException("Permission denied: user=somebody, access=WRITE, inode=\"" + path + "\"");
        }
        if (matches(path, FULL)) {
            throw new IOException("No space left on device");
        }
    }

    private boolean matches(Path path, String setting) {
        String part = getConf().get(setting, "");
        return !part.isEmpty() && path.toString().contains(part);
    }
}
