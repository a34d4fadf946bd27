package dev.weir.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/** Netty's decoder without the pipeline around it, which is not what is measured. */
final class NettyDecoder extends HttpRequestDecoder {
    private final ChannelHandlerContext context;

    NettyDecoder() {
        super(new HttpDecoderConfig().setMaxHeaderSize(16384).setMaxInitialLineLength(16384));
        context = new EmbeddedChannel(this).pipeline().context(this);
    }

    void decodeAll(ByteBuf bytes, List<Object> out) throws Exception {
        while (bytes.isReadable()) {
            decode(context, bytes, out);
        }
    }
}
