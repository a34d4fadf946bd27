package dev.weir.bench.peer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;

/** One direction: what is read here is written there, and reading goes on once there is room for more. Thread: the loop of both channels. */
final class RelayHandler extends ChannelInboundHandlerAdapter {
    private Channel other;
    private boolean hasWritten;

    /** Where to write. */
    RelayHandler to(Channel channel) {
        other = channel;
        return this;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (other != null) {
            context.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        hasWritten = true;
        other.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!hasWritten) {
            return;
        }
        hasWritten = false;
        other.flush();
        if (other.isWritable()) {
            context.read();
        }
    }

    /** There is room again on this side: the other one may read. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && other != null) {
            other.read();
        }
    }

    /** End of stream is passed on as half-close, after all that was written before. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(written -> ((DuplexChannel) other).shutdownOutput())
                    .addListener(ended -> closeIfBothEnded(context.channel()));
        }
    }

    private void closeIfBothEnded(Channel channel) {
        if (((DuplexChannel) other).isInputShutdown()) {
            channel.close();
            other.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (other != null && other.isActive()) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close(); // a reset by a peer; the other side follows
    }
}
