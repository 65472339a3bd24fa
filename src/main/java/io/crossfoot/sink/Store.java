package io.crossfoot.sink;

import io.crossfoot.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The few operations that publishing needs of a file system; each either happens or throws. */
final class Store {
    private static final Set<String> OBJECT_STORES =
            Set.of("s3", "s3a", "s3n", "gs", "oss", "cos", "cosn", "obs", "wasb", "wasbs", "adl", "swift");

    private final FileSystem files;
    private final Configuration configuration;

    private Store(FileSystem files, Configuration configuration) {
        this.files = files;
        this.configuration = configuration;
    }

    /** @throws io.crossfoot.error.UsageException if there is no file system for it here */
    static Store of(Path path, Configuration configuration) {
        FileSystem files = Storage.of(path, configuration);
        // without the layer of checksum files, which would have to be moved one by one beside their files
        return new Store(files instanceof LocalFileSystem local ? local.getRawFileSystem() : files, configuration);
    }

    /** What lies there, by the name a user would type. */
    static String show(Path path) {
        return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }

    /** Hidden as Hadoop's readers see it: committers leave such files beside the data. */
    static boolean isHidden(Path path) {
        return path.getName().startsWith("_") || path.getName().startsWith(".");
    }

    Configuration configuration() {
        return configuration;
    }

    Path qualified(Path path) {
        return files.makeQualified(path);
    }

    /** Returns where a path that was written down lies: runs may spell one store as {@code s3://} and {@code s3a://}. */
    Path recorded(String path) {
        return Storage.under(files.getUri(), new Path(path));
    }

    boolean isLocal() {
        return "file".equals(files.getUri().getScheme());
    }

    /** Whether a folder is only a prefix of names, so that it cannot be renamed as one step. */
    boolean isObjectStore() {
        return OBJECT_STORES.contains(files.getUri().getScheme().toLowerCase(Locale.ROOT));
    }

    boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    boolean isFile(Path path) throws IOException {
        return exists(path) && status(path).isFile();
    }

    FileStatus status(Path path) throws IOException {
        return files.getFileStatus(path);
    }

    /** Lists what lies directly in a folder, by name; empty when there is no such folder. */
    List<FileStatus> children(Path folder) throws IOException {
        try {
            FileStatus[] found = files.listStatus(folder);
            Arrays.sort(found, Comparator.comparing(FileStatus::getPath));
            return List.of(found);
        } catch (FileNotFoundException absent) {
            return List.of();
        }
    }

    /** A file somewhere below a folder; its name has the folders in between. */
    record File(Path path, String name, long bytes, long modified) {}

    /** Lists all files below a folder by name, with as few requests as the store allows; none when there is no folder. */
    List<File> files(Path folder) throws IOException {
        int root = qualified(folder).toUri().getPath().length() + 1;
        List<File> found = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> listed = files.listFiles(folder, true);
            while (listed.hasNext()) {
                FileStatus file = listed.next();
                found.add(new File(
                        file.getPath(),
                        file.getPath().toUri().getPath().substring(root),
                        file.getLen(),
                        file.getModificationTime()));
            }
        } catch (FileNotFoundException absent) {
            return List.of();
        }
        found.sort(Comparator.comparing(File::name));
        return found;
    }

    void makeFolder(Path folder) throws IOException {
        if (isLocal()) {
            // Hadoop's own says only "false", not why
            Files.createDirectories(local(folder));
        } else if (!files.mkdirs(folder)) {
            throw new IOException("no folder could be made at " + show(folder));
        }
    }

    /** Renames a file or folder to a name that is free; makes the folder around it. */
    void move(Path from, Path to) throws IOException {
        if (!Storage.isS3(files.getUri())) {
            // there, a folder is an object in the way of those beside it
            makeFolder(to.getParent());
        }
        if (isLocal()) {
            // Hadoop's own copies when it may not rename: a kill would then leave half a folder
            Files.move(local(from), local(to), StandardCopyOption.ATOMIC_MOVE);
        } else if (!files.rename(from, to)) {
            throw new IOException("the file system refused to rename " + show(from) + " to " + show(to));
        }
    }

    /** Gives a local file a second name, which is free. */
    void link(Path file, Path second) throws IOException {
        makeFolder(second.getParent());
        Files.createLink(local(second), local(file));
    }

    /** Deletes a file, or a folder with all that is in it; nothing there is fine. */
    void delete(Path path) throws IOException {
        if (!files.delete(path, true) && exists(path)) {
            throw new IOException("the file system refused to delete " + show(path));
        }
    }

    String read(Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    InputStream open(Path file) throws IOException {
        return isLocal() ? Files.newInputStream(local(file)) : files.open(file);
    }

    void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void write(Path file, WholeFile.Content content) throws IOException {
        if (isLocal()) {
            makeFolder(file.getParent());
        }
        // Hadoop's own starts a process for each local file, to set its mode
        write(isLocal() ? Files.newOutputStream(local(file)) : files.create(file, true), content);
    }

    private void write(OutputStream out, WholeFile.Content content) throws IOException {
        if (isObjectStore()) {
            upload(out, content);
            return;
        }
        try (out) {
            content.writeTo(out);
        }
    }

    /**
     * An object store makes an object of what was written when the stream is closed, however that came to be: where not
     * all was written, it is not closed.
     */
    private static void upload(OutputStream out, WholeFile.Content content) throws IOException {
        try {
            content.writeTo(out);
        } catch (IOException | RuntimeException failed) {
            if (out instanceof FSDataOutputStream stream
                    && stream.hasCapability(CommonPathCapabilities.ABORTABLE_STREAM)) {
                stream.abort();
            }
            throw failed;
        }
        out.close();
    }

    /** Writes a file that must not exist yet. */
    void writeNew(Path file, String text) throws IOException {
        if (isLocal()) {
            makeFolder(file.getParent());
            Files.writeString(local(file), text, StandardOpenOption.CREATE_NEW);
        } else {
            writeCreated(file, files.create(file, false), text);
        }
    }

    /** What was created here and is not whole would be taken for another's. */
    private void writeCreated(Path file, OutputStream out, String text) throws IOException {
        try {
            write(out, content -> content.write(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failed) {
            if (!isObjectStore()) {
                delete(file);
            }
            throw failed;
        }
    }

    /** How it went to create a file that must not exist yet. */
    enum Creation {
        /** This call has created it, and no other can have. */
        ALONE,
        /** This call has written it, and so may another have at the same time: the last to write has won. */
        UNCERTAIN,
        /** It was there. */
        REFUSED
    }

    /** Creates a file unless there is one, by the surest way that the store has. */
    Creation create(Path file, String text) throws IOException {
        Optional<S3ConditionalPut> conditional = conditionalPut();
        if (conditional.isPresent()) {
            if (!conditional.get().create(file, text)) {
                return Creation.REFUSED;
            }
            // a store that does not know the condition does it a second time
            return conditional.get().create(file, text) ? Creation.UNCERTAIN : Creation.ALONE;
        }
        try {
            writeNew(file, text);
            return isObjectStore() ? Creation.UNCERTAIN : Creation.ALONE;
        } catch (IOException refused) {
            // each file system has its own exception for "exists already"
            if (exists(file)) {
                return Creation.REFUSED;
            }
            throw refused;
        }
    }

    private Optional<S3ConditionalPut> conditionalPut() {
        try {
            return S3ConditionalPut.of(files);
        } catch (LinkageError otherS3a) {
            return Optional.empty();
        }
    }

    /** Writes a file so that readers see the whole text or none of it. */
    void writeAtomically(Path file, String text) throws IOException {
        if (!file.getName().endsWith(".html") || !writePage(file, text)) {
            writeAtomically(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private boolean writePage(Path file, String text) throws IOException {
        try {
            return S3Page.write(files, file, text);
        } catch (LinkageError otherS3a) {
            return false;
        }
    }

    void writeAtomically(Path file, WholeFile.Content content) throws IOException {
        if (isObjectStore()) {
            // an object takes the place of another as one step, and none when its writer dies
            write(file, content);
            return;
        }
        Path part = part(file);
        write(part, content);
        delete(file);
        move(part, file);
    }

    static Path part(Path file) {
        return file.suffix(".part");
    }

    static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }
}
