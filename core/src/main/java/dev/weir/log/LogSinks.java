package dev.weir.log;

import dev.weir.bridge.kernel.Kernel;
import dev.weir.bridge.kernel.SocketAddress;
import dev.weir.bridge.kernel.SocketConstants;
import dev.weir.bridge.transport.Endpoint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** The kinds of places lines go to. */
final class LogSinks {
    /** Linux: EAGAIN is what a full socket answers to a non-blocking send. */
    private static final int MSG_DONTWAIT = 0x40;

    private static final int MSG_NOSIGNAL = 0x4000;

    private LogSinks() {}

    static LogSink standardOutput() {
        return new StandardSink(FileDescriptor.out);
    }

    static LogSink standardError() {
        return new StandardSink(FileDescriptor.err);
    }

    /** An inherited descriptor; Linux only. */
    static LogSink descriptor(int fd) {
        return new DescriptorSink(fd);
    }

    /** UDP. */
    static LogSink datagram(InetSocketAddress address) throws IOException {
        return new DatagramSink(address);
    }

    /** A UNIX datagram socket such as {@code /dev/log}; Linux only. */
    static LogSink unixDatagram(String path) {
        return new UnixSink(path);
    }

    /** The process's own output: never closed here. */
    private static final class StandardSink implements LogSink {
        private final FileOutputStream stream;

        StandardSink(FileDescriptor descriptor) {
            stream = new FileOutputStream(descriptor);
        }

        @Override
        public void write(byte[] line, int length) throws IOException {
            stream.write(line, 0, length);
        }

        @Override
        public void close() {}
    }

    private static final class DatagramSink implements LogSink {
        private final DatagramChannel channel;
        private final InetSocketAddress address;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(LogRecord.BYTES_MAX);

        DatagramSink(InetSocketAddress address) throws IOException {
            boolean isIpv6 = address.getAddress() instanceof java.net.Inet6Address;
            this.address = address;
            channel = DatagramChannel.open(isIpv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
            channel.configureBlocking(false);
        }

        @Override
        public void write(byte[] line, int length) throws IOException {
            buffer.clear().put(line, 0, length).flip();
            if (channel.send(buffer, address) == 0) {
                throw new IOException("socket buffer is full");
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was to be sent any more, and the descriptor is gone in either case
                return;
            }
        }
    }

    /** What the descriptor and UNIX sinks share: a native copy of the line. */
    private abstract static class NativeSink implements LogSink {
        final Kernel kernel = new Kernel();
        private final Arena arena = Arena.ofShared();
        private final MemorySegment line = arena.allocate(LogRecord.BYTES_MAX);

        long copy(byte[] bytes, int length) {
            MemorySegment.copy(bytes, 0, line, ValueLayout.JAVA_BYTE, 0, length);
            return line.address();
        }

        void require(long result) throws IOException {
            if (result < 0) {
                throw new IOException("error " + -result);
            }
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    private static final class DescriptorSink extends NativeSink {
        private final int fd;

        DescriptorSink(int fd) {
            this.fd = fd;
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            require(kernel.write(fd, copy(bytes, length), length));
        }
    }

    /** Opened at the first line and again after the log daemon restarted. */
    private static final class UnixSink extends NativeSink {
        private final SocketAddress address = new SocketAddress();
        private final int fd;

        UnixSink(String path) {
            address.set(path.startsWith("\0") ? new Endpoint.Abstract(path.substring(1)) : new Endpoint.Unix(path));
            fd = kernel.socket(SocketConstants.AF_UNIX, SocketConstants.SOCK_DGRAM, 0);
        }

        @Override
        public void write(byte[] bytes, int length) throws IOException {
            require(fd);
            require(kernel.sendto(
                    fd, copy(bytes, length), length, MSG_DONTWAIT | MSG_NOSIGNAL, address.address(), address.length()));
        }

        @Override
        public void close() {
            if (fd >= 0) {
                kernel.close(fd);
            }
            super.close();
        }
    }
}
