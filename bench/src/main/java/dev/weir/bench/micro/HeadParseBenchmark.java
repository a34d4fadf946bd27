package dev.weir.bench.micro;

import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http1.Framing;
import dev.weir.protocol.http1.HeadWriter;
import dev.weir.protocol.http1.RequestHeadParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Question: what does it cost to parse a request head, beside Netty's and Jetty's parsers on the same bytes in native memory? The
 * others make objects of it, as their users get it; ours, offsets. Bytes per head: small 50, browser 1057, cookies 8262.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadParseBenchmark {
    private static final int HEAD_BYTES_MAX = 15360;
    private static final int HEADERS_MAX = 101;

    @Param({"small", "browser", "cookies"})
    String request;

    private int length;
    private UnsafeBuffer bytes;
    private UnsafeBuffer written;
    private final RequestHeadParser parser = new RequestHeadParser(HEAD_BYTES_MAX, HEADERS_MAX);
    private final Framing framing = new Framing();
    private final HeadWriter writer = new HeadWriter();
    private final MessageHead head = new MessageHead(HEADERS_MAX, 16384);

    private ByteBuf nettyBytes;
    private final NettyDecoder nettyDecoder = new NettyDecoder();
    private final List<Object> nettyMessages = new ArrayList<>();

    private ByteBuffer jettyBytes;
    private final JettyRequestCounter jettyCounter = new JettyRequestCounter();

    @Setup
    public void setUp() {
        byte[] message = SampleHeads.named(request);
        length = message.length;
        bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
        bytes.putBytes(0, message);
        written = new UnsafeBuffer(ByteBuffer.allocateDirect(16384));
        nettyBytes = Unpooled.directBuffer(length).writeBytes(message);
        jettyBytes = ByteBuffer.allocateDirect(length).put(message).flip();
    }

    @Benchmark
    public int weir() {
        head.clear();
        return parser.parse(bytes, length, head);
    }

    /** With what the body's end and the connection's future depend on. */
    @Benchmark
    public int weirWithFraming() {
        head.clear();
        return parser.parse(bytes, length, head) + framing.request(head);
    }

    /** From bytes to bytes. */
    @Benchmark
    public int weirWithFramingAndWriting() {
        head.clear();
        return parser.parse(bytes, length, head) + framing.request(head) + writer.request(head, written, 0);
    }

    @Benchmark
    public int netty() throws Exception {
        nettyBytes.readerIndex(0);
        nettyMessages.clear();
        nettyDecoder.decodeAll(nettyBytes, nettyMessages);
        return nettyMessages.size();
    }

    @Benchmark
    public int jetty() {
        jettyBytes.position(0);
        return jettyCounter.parse(jettyBytes);
    }
}
