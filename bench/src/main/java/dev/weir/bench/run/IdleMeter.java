package dev.weir.bench.run;

import dev.weir.bench.BenchFailure;
import dev.weir.bench.machine.Memory;
import dev.weir.report.data.Figure;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** Opens connections, one exchange on each, and lets them be: what they hold in the product and in the kernel. */
final class IdleMeter {
    /** What a product does once, on its first connections, is not theirs. */
    private static final int FIRST_CONNECTIONS = 64;

    private static final double SETTLE_SECONDS = 0.5;

    private final Stage stage;

    IdleMeter(Stage stage) {
        this.stage = stage;
    }

    Measured measure(Running product, int connections) throws IOException, BenchFailure {
        stage.await(product);
        close(open(product, FIRST_CONNECTIONS));
        Pause.seconds(SETTLE_SECONDS);
        Memory before = memory(product);
        List<Socket> sockets = open(product, connections);
        Pause.seconds(SETTLE_SECONDS);
        Memory during = memory(product);
        close(sockets);
        Pause.seconds(SETTLE_SECONDS);
        Memory afterwards = memory(product);

        EnumMap<Figure, Double> figures = new EnumMap<>(Figure.class);
        if (!product.isDirect()) {
            figures.put(
                    Figure.USER_BYTES_PER_CONNECTION, each(during.proportional(), before.proportional(), connections));
            figures.put(
                    Figure.USER_BYTES_AFTERWARDS, each(afterwards.proportional(), before.proportional(), connections));
        }
        figures.put(Figure.KERNEL_BYTES_PER_CONNECTION, each(during.slab(), before.slab(), connections));
        figures.put(Figure.SOCKET_BYTES_PER_CONNECTION, each(during.sockets(), before.sockets(), connections));
        return new Measured(figures, null, 0, 0, "", "");
    }

    private static double each(long with, long without, int connections) {
        return (double) (with - without) / connections;
    }

    private static Memory memory(Running product) throws IOException, BenchFailure {
        product.checkAlive();
        return product.isDirect()
                ? Memory.ofKernel()
                : Memory.of(product.child().handle());
    }

    private static List<Socket> open(Running product, int count) throws IOException, BenchFailure {
        List<Socket> sockets = new ArrayList<>(count);
        try {
            for (int i = 0; i < count; i++) {
                Socket socket = Exchange.open(product.port());
                sockets.add(socket);
                Exchange.keepAlive(socket);
            }
            return sockets;
        } catch (IOException e) {
            close(sockets);
            product.checkAlive();
            throw new BenchFailure(product.name() + " took only " + sockets.size() + " of " + count + " connections: "
                    + e.getMessage());
        }
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
