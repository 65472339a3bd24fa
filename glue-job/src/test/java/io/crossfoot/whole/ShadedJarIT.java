package io.crossfoot.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.crossfoot.testing.Folders;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is in the one jar that is deployed. */
class ShadedJarIT {
    private static final int JAVA_17 = 61;
    private static final List<String> BUNDLED = List.of("antlr4", "config", "dqdl", "picocli");

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(Jars.job())).isLessThan(3L << 20);
    }

    @Test
    void holdsNothingButCrossfootAndWhatItBringsUnderNamesOfItsOwn() throws IOException {
        try (JarFile jar = new JarFile(Jars.job().toFile())) {
            List<String> files = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();

            assertThat(files)
                    .doesNotHaveDuplicates()
                    .allMatch(file -> file.matches("(io/crossfoot|META-INF)/.*|log4j2\\.xml"));
            assertThat(files.stream().filter(file -> file.startsWith("META-INF/")))
                    .containsExactlyInAnyOrder(
                            "META-INF/MANIFEST.MF",
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/licenses/antlr4-runtime.txt",
                            "META-INF/services/io.crossfoot.doctor.Checkup",
                            "META-INF/services/org.apache.spark.sql.sources.DataSourceRegister");
            assertThat(files.stream()
                            .filter(file -> file.startsWith("io/crossfoot/shaded/"))
                            .map(file -> file.split("/")[3])
                            .distinct())
                    .containsExactlyInAnyOrderElementsOf(BUNDLED);
        }
    }

    /** What was moved is also called by its new name, in code and in texts that name classes and files. */
    @Test
    void namesNothingByItsOldName() throws IOException {
        // a constant that begins with it, or a type within a signature
        Pattern old = Pattern.compile(
                "(?s)(\\x01..|[;(<\\[]L)/?(picocli[/.]|com[/.]typesafe|software[/.]amazon[/.]glue|org[/.]antlr|rules/).{0,30}");
        Map<String, String> found = new TreeMap<>();
        try (JarFile jar = new JarFile(Jars.job().toFile())) {
            for (JarEntry entry : classes(jar)) {
                try (var in = jar.getInputStream(entry)) {
                    var match = old.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    if (match.find()) {
                        found.put(entry.getName(), match.group());
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    /** AWS's library is met by name: a link to it would bind the jar to one version of it. */
    @Test
    void doesNotLinkToGluesLibrary() throws IOException {
        try (JarFile jar = new JarFile(Jars.job().toFile())) {
            assertThat(jar.getEntry("io/crossfoot/glue/GlueJob.class")).isNotNull();
            for (JarEntry entry : classes(jar)) {
                try (var in = jar.getInputStream(entry)) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                            .as(entry.getName())
                            .doesNotContain("com/amazonaws/services/glue");
                }
            }
        }
    }

    @Test
    void runsOnJava17() throws IOException {
        try (JarFile jar = new JarFile(Jars.job().toFile())) {
            for (JarEntry entry : classes(jar)) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    assertThat(in.readInt()).as(entry.getName()).isEqualTo(0xCAFEBABE);
                    in.readUnsignedShort();
                    assertThat(in.readUnsignedShort()).as(entry.getName()).isLessThanOrEqualTo(JAVA_17);
                }
            }
        }
    }

    @Test
    void saysWhatItIsAndNothingOfTheMachineThatBuiltIt() throws IOException {
        try (JarFile jar = new JarFile(Jars.job().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();

            assertThat(manifest.getValue("Main-Class")).isEqualTo("io.crossfoot.cli.Main");
            assertThat(manifest.getValue("Implementation-Version")).isEqualTo(System.getProperty("crossfoot.version"));
            List<String> names = new ArrayList<>();
            manifest.keySet().forEach(name -> names.add(name.toString()));
            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "Manifest-Version",
                            "Created-By",
                            "Java-Version",
                            "Build-Jdk-Spec",
                            "Implementation-Title",
                            "Implementation-Version",
                            "Main-Class");
            // the files are as old as the sources say, whenever they were built
            assertThat(jar.getEntry("io/crossfoot/cli/Main.class").getTimeLocal())
                    .hasToString("2026-01-01T00:00");
        }
    }

    @Test
    void carriesTheLicencesOfWhatItBrings() throws IOException {
        try (JarFile jar = new JarFile(Jars.job().toFile())) {
            assertThat(text(jar, "META-INF/LICENSE"))
                    .isEqualTo(Folders.read(Folders.root().resolve("LICENSE")))
                    .contains("Apache License");
            assertThat(text(jar, "META-INF/NOTICE"))
                    .contains("picocli", "com.typesafe:config", "software.amazon.glue:dqdl", "antlr4-runtime");
            assertThat(text(jar, "META-INF/licenses/antlr4-runtime.txt"))
                    .contains("The ANTLR Project", "Redistributions in binary form");
        }
    }

    private static List<JarEntry> classes(JarFile jar) {
        return jar.stream().filter(entry -> entry.getName().endsWith(".class")).toList();
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (var in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
