package io.crossfoot.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A real file system under another name: {@code odd://host/path} lies at {@code /path} on the local disk. It refuses to
 * rename to what exists, as HDFS does, and can be told to run full or to stall. It also serves {@code gs://}.
 */
public final class OddFileSystem extends RawLocalFileSystem {
    private static final AtomicLong BYTES_LEFT = new AtomicLong(Long.MAX_VALUE);
    private static volatile String stalling = "";

    private URI uri;

    /** Makes {@code odd://} and {@code gs://} known. */
    public static void register(Configuration configuration) {
        for (String scheme : new String[] {"odd", "gs"}) {
            configuration.setClass("fs." + scheme + ".impl", OddFileSystem.class, FileSystem.class);
            configuration.setBoolean("fs." + scheme + ".impl.disable.cache", true);
        }
    }

    /** From now on there is room for so many bytes more, for all files of this JVM together. */
    public static void leaveRoomFor(long bytes) {
        BYTES_LEFT.set(bytes);
    }

    /** From now on, to open a file with this in its path says {@code stalled} and takes until standard input ends. */
    static void stallOn(String part) {
        stalling = part;
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
    public FSDataInputStream open(Path file, int bufferSize) throws IOException {
        if (!stalling.isEmpty() && file.toString().contains(stalling)) {
            System.out.println("stalled");
            StoppableRun.untilInputEnds();
        }
        return super.open(file, bufferSize);
    }

    @Override
    public FSDataOutputStream create(
            Path file, boolean overwrite, int bufferSize, short replication, long blockSize, Progressable progress)
            throws IOException {
        return limited(super.create(file, overwrite, bufferSize, replication, blockSize, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path file,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        return create(file, overwrite, bufferSize, replication, blockSize, progress);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        return plain(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        return Arrays.stream(super.listStatus(folder)).map(OddFileSystem::plain).toArray(FileStatus[]::new);
    }

    // the super class's own asks for permissions by a name that must begin with file:
    private static FileStatus plain(FileStatus found) {
        return new FileStatus(
                found.getLen(),
                found.isDirectory(),
                found.getReplication(),
                found.getBlockSize(),
                found.getModificationTime(),
                found.getPath());
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return !exists(to) && super.rename(from, to);
    }

    /** Would start a process for each file. */
    @Override
    public void setPermission(Path path, FsPermission permission) {}

    private static FSDataOutputStream limited(FSDataOutputStream whole) throws IOException {
        OutputStream limited = new FilterOutputStream(whole) {
            @Override
            public void write(int one) throws IOException {
                take(1);
                out.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                take(length);
                out.write(bytes, from, length);
            }
        };
        return new FSDataOutputStream(limited, null);
    }

    private static void take(int bytes) throws IOException {
        if (BYTES_LEFT.addAndGet(-bytes) < 0) {
            throw new IOException("No space left on device");
        }
    }
}
