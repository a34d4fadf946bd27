package dev.weir.bench;

import dev.weir.bench.micro.MicroBenchmarks;
import java.util.Arrays;

/** Where {@code ./weir bench} arrives: the first word says which tool, the rest is its command line. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        int status = run(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(String[] arguments) {
        if (arguments.length >= 2 && arguments[0].equals("bench") && arguments[1].equals("micro")) {
            return MicroBenchmarks.run(Arrays.copyOfRange(arguments, 2, arguments.length));
        }
        System.err.println("usage: weir bench micro [REGULAR-EXPRESSION] [JMH options, see -h]");
        return USAGE;
    }
}
