package io.crossfoot.emulator.moto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process of moto_server, on a loopback port of its own. */
public final class MotoServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RUNNING = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");
    private static final int LINES_KEPT = 20;
    private static final List<String> SCRIPTS = List.of(
            "moto_launcher.py",
            "cloudformation_stacks.py",
            "cloudformation_resources.py",
            "cloudformation_types.py",
            "cloudformation_kind.py");

    private final Process process;
    private final URI address;
    private final String secret;

    private MotoServer(Process process, URI address, String secret) {
        this.process = process;
        this.address = address;
        this.secret = secret;
    }

    /**
     * Starts moto and returns when it answers.
     *
     * @param folder an existing folder for the launcher's scripts
     * @param data where buckets and objects are kept between starts, if anywhere
     * @throws IOException when it cannot be started; the message says what it wrote last
     */
    public static MotoServer start(Python python, Path folder, Optional<Path> data) throws IOException {
        for (String script : SCRIPTS) {
            try (InputStream source = MotoServer.class.getResourceAsStream("/io/crossfoot/emulator/" + script)) {
                Files.copy(source, folder.resolve(script), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        String secret = HexFormat.of().formatHex(new SecureRandom().generateSeed(16));
        ProcessBuilder builder = new ProcessBuilder(
                python.command(), folder.resolve(SCRIPTS.get(0)).toString(), "0");
        builder.environment().put("CROSSFOOT_EMULATOR_SECRET", secret);
        builder.environment().put("MOTO_IAM_LOAD_MANAGED_POLICIES", "true");
        // the launcher's own calls must reach AWS's code, not this endpoint
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_ENDPOINT_URL"));
        data.ifPresent(kept -> builder.environment().put("CROSSFOOT_EMULATOR_DATA", kept.toString()));
        builder.redirectErrorStream(true);
        Process process = builder.start();
        try {
            return new MotoServer(process, await(process), secret);
        } catch (IOException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    private static URI await(Process process) throws IOException {
        CompletableFuture<URI> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> follow(process, address), "moto-output");
        reader.setDaemon(true);
        reader.start();
        try {
            return address.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException("Cannot start moto_server: it ended, and wrote: "
                    + failed.getCause().getMessage());
        } catch (TimeoutException slow) {
            throw new IOException("Cannot start moto_server: it did not answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Cannot start moto_server: interrupted");
        }
    }

    /** Reads what moto writes, to its end: a full pipe would stop it. */
    private static void follow(Process process, CompletableFuture<URI> address) {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher running = RUNNING.matcher(line);
                if (running.find()) {
                    address.complete(URI.create(running.group(1)));
                }
                last.addLast(line);
                if (last.size() > LINES_KEPT) {
                    last.removeFirst();
                }
            }
        } catch (IOException closed) {
            last.addLast(closed.getMessage());
        }
        address.completeExceptionally(new IOException(String.join("\n", last)));
    }

    public URI address() {
        return address;
    }

    /** Returns a client whose calls are the emulator's own: no policy binds them. */
    public Moto client() {
        return new Moto(address, secret);
    }

    /** Returns a future that is done when the server has ended. */
    public CompletableFuture<?> ended() {
        return process.onExit();
    }

    /** Ends the server: it stores what it should keep when its standard input ends, and then exits. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException gone) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
