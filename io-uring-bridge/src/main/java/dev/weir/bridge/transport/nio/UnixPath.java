package dev.weir.bridge.transport.nio;

import dev.weir.bridge.transport.ListenOptions;
import dev.weir.bridge.transport.loop.OwnPath;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The path of a listening UNIX socket. The socket is bound beside its path, given owner and mode, and only then moved there:
 * nobody ever connects to one whose rights are not set, and a socket that an earlier process left is replaced in one step.
 */
final class UnixPath {
    private UnixPath() {}

    /** What is ours to remove. */
    static OwnPath bind(ServerSocketChannel channel, String text, ListenOptions options) throws IOException {
        Path path = Path.of(text);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket(path)) {
            throw new IOException("the path exists and is no socket");
        }
        Path beside = Path.of(text + "." + ProcessHandle.current().pid() + ".tmp");
        Files.deleteIfExists(beside);
        channel.bind(UnixDomainSocketAddress.of(beside), options.backlog);
        try {
            setRights(beside, options);
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return OwnPath.of(path);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw e;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther();
    }

    private static void setRights(Path path, ListenOptions options) throws IOException {
        if (options.unixUid >= 0) {
            Files.setAttribute(path, "unix:uid", options.unixUid);
        }
        if (options.unixGid >= 0) {
            Files.setAttribute(path, "unix:gid", options.unixGid);
        }
        if (options.unixMode >= 0) {
            Files.setAttribute(path, "unix:mode", options.unixMode);
        }
    }
}
