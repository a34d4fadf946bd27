package dev.weir.bench.command;

import dev.weir.bench.peer.NettyPeer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code weir bench netty}: the relay on Netty, alone, to repeat a figure by hand. */
@Command(
        name = "netty",
        description = "A TCP relay on Netty's io_uring transport, until it is ended.",
        mixinStandardHelpOptions = true)
final class NettyCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", required = true, description = "Where to listen, on loopback.")
    private int port;

    @Option(names = "--to", paramLabel = "PORT", required = true, description = "The origin's, on loopback.")
    private int originPort;

    @Option(names = "--loops", paramLabel = "N", description = "Event loops. Default: ${DEFAULT-VALUE}.")
    private int loops = 1;

    @Override
    public Integer call() throws InterruptedException {
        String refusal = NettyPeer.refusal();
        if (!refusal.isEmpty()) {
            System.err.println("netty: no io_uring: " + refusal);
            return 1;
        }
        try (NettyPeer peer = new NettyPeer(port, originPort, loops)) {
            System.out.println("netty " + NettyPeer.version() + " listens on 127.0.0.1:" + peer.port());
            peer.await();
            return 0;
        }
    }
}
