package org.laudable.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reading folders whose files come and go meanwhile. */
final class Folders {
    private Folders() {}

    /**
     * What is in it, in order of name; nothing if it went away.
     *
     * @throws IOException if something in it is a symbolic link: what that leads to would silently not be saved
     */
    static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> children = found.sorted().toList();
            for (Path child : children) {
                if (Files.isSymbolicLink(child)) {
                    throw new IOException(child + " is a symbolic link, and what lies behind it would not be saved. Put the files themselves there"
                            + " (a mount does as well), then try again. Nothing was written.");
                }
            }
            return children;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    static long sizeIfThere(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
