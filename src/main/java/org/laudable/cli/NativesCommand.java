package org.laudable.cli;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.laudable.engine.text.OnnxTextEncoder;
import org.rocksdb.util.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Unpacks the native libraries once, when an image is built: otherwise each process does it at its start, which a file system
 * that only reads, or from which nothing may be executed, does not allow. Loads each of them to see that it works.
 */
@Command(name = "natives", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Unpack the native libraries into a folder, for an image.",
            "Later processes find them by -Donnxruntime.native.path=DIR/onnxruntime, -Djava.library.path=DIR/rocksdb and DJL_CACHE_DIR=DIR."},
        footer = {"", "Exit codes: 0 done, 1 failed, 2 the command line is wrong."})
final class NativesCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "The folder.")
    Path to;

    @Override
    public Integer call() throws IOException {
        Path onnx = to.toAbsolutePath().resolve("onnxruntime");
        for (String library : List.of("onnxruntime", "onnxruntime4j_jni")) {
            String name = System.mapLibraryName(library);
            unpack(OrtEnvironment.class, "/ai/onnxruntime/native/" + platform() + "/" + name, onnx.resolve(name));
        }
        Path rocks = to.toAbsolutePath().resolve("rocksdb").resolve(System.mapLibraryName("rocksdbjni"));
        unpack(Environment.class, "/" + Environment.getJniLibraryFileName("rocksdb"), rocks);
        System.load(rocks.toString());
        System.setProperty("onnxruntime.native.path", onnx.toString());
        System.setProperty("DJL_CACHE_DIR", to.toAbsolutePath().toString());
        try (OnnxTextEncoder encoder = OnnxTextEncoder.bgeSmall()) {
            encoder.encode("one sentence");
        }
        String torch = Engine.getEngine("PyTorch").getVersion();
        spec.commandLine().getOut().println("ONNX Runtime, tokenizers, RocksDB and PyTorch " + torch + " are in " + to.toAbsolutePath());
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static void unpack(Class<?> neighbour, String resource, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = neighbour.getResourceAsStream(resource)) {
            if (in == null) {
                throw new CommandFailed("There is no native library for this platform: " + resource + " is missing.");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "osx" : "linux";
        String arch = System.getProperty("os.arch");
        return os + "-" + (arch.equals("amd64") || arch.equals("x86_64") ? "x64" : arch);
    }
}
