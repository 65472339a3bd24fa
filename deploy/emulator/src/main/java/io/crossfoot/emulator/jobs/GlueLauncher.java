package io.crossfoot.emulator.jobs;

import io.crossfoot.emulator.Installation;
import io.crossfoot.emulator.child.JvmPlan;
import io.crossfoot.emulator.child.Surroundings;
import io.crossfoot.emulator.http.AwsError;
import io.crossfoot.emulator.logs.LogStream;
import io.crossfoot.emulator.logs.Logs;
import io.crossfoot.emulator.moto.Moto;
import io.crossfoot.emulator.moto.Objects;
import io.crossfoot.emulator.moto.Roles;
import io.crossfoot.emulator.moto.S3Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs a job as Glue does: its jars from S3, its class in a JVM with Spark and Glue's runtime, in the job's role. */
final class GlueLauncher implements JobLauncher {
    private static final String LAUNCH = "io.crossfoot.emulator.glue.Launch";

    private final Installation installation;
    private final Supplier<URI> endpoint;
    private final Path work;
    private final Moto moto;
    private final Logs logs;

    GlueLauncher(Installation installation, Supplier<URI> endpoint, Path work, Moto moto, Logs logs) {
        this.installation = installation;
        this.endpoint = endpoint;
        this.work = work;
        this.moto = moto;
        this.logs = logs;
    }

    @Override
    public JobProcess launch(JobRun run) throws LaunchException {
        JobSettings settings = run.settings();
        JobArguments arguments = new JobArguments(run);
        List<Path> spark = installation
                .spark(settings.glueVersion())
                .orElseThrow(() -> new LaunchException(
                        "LAUNCH ERROR | The emulator has no Spark of Glue %s; it has those that are built here, of 5.0 and 5.1 at least"
                                .formatted(settings.glueVersion())));
        if (arguments.mainClass().isEmpty()) {
            throw new LaunchException("LAUNCH ERROR | The job names no class; please specify one through --class");
        }
        Map<String, String> environment = environment(run);
        try {
            Path folder = Files.createDirectories(work.resolve(run.id()));
            requireScript(settings);
            List<Path> jars = fetch(arguments.extraJars(), Files.createDirectories(folder.resolve("jars")));
            JvmPlan plan = new JvmPlan(
                    classPath(arguments, jars, spark), flags(run, arguments), LAUNCH, arguments.forMain(), environment);
            LogStream output = logs.open(settings.region(), settings.logGroup() + "/output", run.id());
            LogStream errors = logs.open(settings.region(), settings.logGroup() + "/error", run.id());
            return GlueProcess.start(plan, folder, output, errors);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> environment(JobRun run) throws LaunchException {
        JobSettings settings = run.settings();
        Roles roles = new Roles(moto);
        if (!roles.assumable(settings.role(), "glue.amazonaws.com")) {
            throw new LaunchException(
                    "LAUNCH ERROR | Glue cannot assume role %s; look at its trust policy".formatted(settings.role()));
        }
        return Surroundings.environment(
                endpoint.get(),
                settings.region(),
                roles.assume(settings.region(), settings.role(), "GlueJobRunnerSession"));
    }

    private void requireScript(JobSettings settings) throws LaunchException {
        boolean there = S3Path.parse(settings.scriptLocation())
                .filter(new Objects(moto)::exists)
                .isPresent();
        if (!there) {
            throw new LaunchException("LAUNCH ERROR | File Not Found: " + settings.scriptLocation());
        }
    }

    private List<Path> fetch(List<String> locations, Path folder) throws LaunchException {
        List<Path> jars = new ArrayList<>();
        for (String location : locations) {
            S3Path from = S3Path.parse(location)
                    .orElseThrow(
                            () -> new LaunchException("LAUNCH ERROR | Not an S3 path in --extra-jars: " + location));
            // a name of ours, not the key's: it lies in this folder whatever the key is
            Path to = folder.resolve(jars.size() + ".jar");
            try {
                new Objects(moto).fetch(from, to);
            } catch (AwsError missing) {
                throw new LaunchException("LAUNCH ERROR | File Not Found: " + location);
            }
            jars.add(to);
        }
        return jars;
    }

    private List<Path> classPath(JobArguments arguments, List<Path> jars, List<Path> spark) {
        List<Path> classPath = new ArrayList<>();
        if (arguments.userJarsFirst()) {
            classPath.addAll(jars);
        }
        classPath.addAll(spark);
        classPath.add(installation.glueRuntime());
        if (!arguments.userJarsFirst()) {
            classPath.addAll(jars);
        }
        return classPath;
    }

    private List<String> flags(JobRun run, JobArguments arguments) {
        JobSettings settings = run.settings();
        List<String> flags = installation.flags(installation.archiveOfSpark());
        flags.addAll(Surroundings.sparkFlags(endpoint.get(), settings.region()));
        flags.add("-Dcrossfoot.glue.bookmarks=" + work.resolve("bookmarks").resolve(settings.region()));
        flags.add("-Dspark.app.name=" + settings.job());
        flags.add("-Dspark.glue.JOB_NAME=" + settings.job());
        flags.add("-Dspark.glue.JOB_RUN_ID=" + run.id());
        arguments.sparkSettings().forEach(setting -> flags.add("-D" + setting));
        return flags;
    }
}
