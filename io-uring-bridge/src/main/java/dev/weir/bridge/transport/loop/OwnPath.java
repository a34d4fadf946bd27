package dev.weir.bridge.transport.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The path of a UNIX socket that is ours, until another process has put its own there. Any thread. */
public final class OwnPath {
    private final Path path;
    /** Device and inode; null if there was nothing when it was looked at. */
    private final Object fileKey;

    private OwnPath(Path path, Object fileKey) {
        this.path = path;
        this.fileKey = fileKey;
    }

    /** What stands at the path now. */
    public static OwnPath of(Path path) {
        return new OwnPath(path, fileKey(path));
    }

    private static Object fileKey(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            return null; // gone already
        }
    }

    /** Takes the path away, if it still is our socket. */
    public void remove() {
        try {
            if (fileKey != null && fileKey.equals(fileKey(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // Gone already, or in a folder that is no longer ours to change: the next who binds there replaces it.
        }
    }
}
