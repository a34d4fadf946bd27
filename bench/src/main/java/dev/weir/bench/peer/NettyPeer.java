package dev.weir.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.Version;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Listens, connects, and couples the two channels; the loop that accepted a connection also opens its other side. */
public final class NettyPeer implements AutoCloseable {
    private static final int BACKLOG = 4096;

    private final EventLoopGroup group;
    private final Channel listener;

    /** @param port 0 lets the kernel choose */
    public NettyPeer(int port, int originPort, int loops) throws InterruptedException {
        group = new MultiThreadIoEventLoopGroup(loops, IoUringIoHandler.newFactory());
        var origin = new InetSocketAddress(InetAddress.getLoopbackAddress(), originPort);
        listener = new ServerBootstrap()
                .group(group)
                .channel(IoUringServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new Coupler(origin))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .sync()
                .channel();
    }

    /** Why it cannot run here; empty if it can. */
    public static String refusal() {
        return IoUring.isAvailable() ? "" : IoUring.unavailabilityCause().getMessage();
    }

    /** Netty's. */
    public static String version() {
        return Version.identify().get("netty-transport").artifactVersion();
    }

    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Returns when it is closed from elsewhere. */
    public void await() throws InterruptedException {
        listener.closeFuture().sync();
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }

    /** Opens the other side of an accepted connection, and reads nothing before it is there. */
    private static final class Coupler extends ChannelInitializer<Channel> {
        private final InetSocketAddress origin;

        Coupler(InetSocketAddress origin) {
            this.origin = origin;
        }

        @Override
        protected void initChannel(Channel client) {
            var toServer = new RelayHandler();
            client.pipeline().addLast(toServer);
            new Bootstrap()
                    .group(client.eventLoop())
                    .channel(IoUringSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.AUTO_READ, false)
                    .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .handler(new RelayHandler().to(client))
                    .connect(origin)
                    .addListener(connected -> {
                        if (connected.isSuccess()) {
                            toServer.to(((io.netty.channel.ChannelFuture) connected).channel());
                            client.read();
                        } else {
                            client.close();
                        }
                    });
        }
    }
}
