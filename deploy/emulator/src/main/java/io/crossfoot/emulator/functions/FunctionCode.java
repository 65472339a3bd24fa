package io.crossfoot.emulator.functions;

import io.crossfoot.emulator.http.AwsError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The code of functions: each upload is unpacked to a folder of its own, which is the function's task root. */
final class FunctionCode {
    private FunctionCode() {}

    /**
     * Unpacks a zip or jar.
     *
     * @throws AwsError when it is none, or names files outside the folder
     */
    static void unpack(byte[] zip, Path folder) {
        int files = 0;
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) {
                    throw AwsError.of("InvalidParameterValueException", "The zip file names files outside of itself");
                }
                if (!entry.isDirectory()) {
                    Files.createDirectories(file.getParent());
                    Files.copy(entries, file);
                    files++;
                }
            }
        } catch (IOException broken) {
            throw AwsError.of(
                    "InvalidParameterValueException", "Could not unzip uploaded file: " + broken.getMessage());
        }
        if (files == 0) {
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }
}
