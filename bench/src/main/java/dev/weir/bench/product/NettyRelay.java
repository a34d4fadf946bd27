package dev.weir.bench.product;

import dev.weir.bench.Main;
import dev.weir.bench.peer.NettyPeer;
import dev.weir.bench.process.JavaCommand;
import java.nio.file.Path;
import java.util.List;

/** Netty's io_uring transport as a plain relay: what a JVM does without Weir's loops. No balancer, no rules, no timeouts. */
final class NettyRelay implements Product {
    @Override
    public String name() {
        return "netty";
    }

    @Override
    public String advice() {
        return "io_uring cannot be had through Netty: " + NettyPeer.refusal();
    }

    @Override
    public Installed find(Path chosen) {
        boolean isThere = NettyPeer.refusal().isEmpty();
        return isThere ? new Installed(this, JavaCommand.java(), NettyPeer.version()) : null;
    }

    @Override
    public String refusal(Mode mode) {
        return mode == Mode.TCP ? "" : "the relay knows no HTTP";
    }

    @Override
    public String configuration(Installed installed, Setup setup) {
        return "";
    }

    @Override
    public List<String> command(Installed installed, Setup setup, Path configuration) {
        return JavaCommand.of(
                Main.class.getName(),
                List.of(
                        "bench",
                        "netty",
                        "--port=" + setup.port(),
                        "--to=" + setup.originPort(),
                        "--loops=" + setup.cpus().size()));
    }
}
