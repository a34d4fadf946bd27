package dev.weir.bench.judge;

import dev.weir.load.command.LoadCommand;
import dev.weir.load.plan.PlanException;
import dev.weir.load.run.ErrorKind;
import dev.weir.load.run.Outcome;
import dev.weir.load.run.Run;
import dev.weir.load.run.RunObserver;
import dev.weir.load.run.Second;
import dev.weir.load.run.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.HdrHistogram.Histogram;

/**
 * Weir's load generator as a process that stays: it runs one command line of {@code ./weir load} after the other and is compiled
 * and warm from the second on. Orders come in on the standard input, a line each; what happens goes out on the standard output.
 *
 * <p>Threads: the main thread runs; another one reads, so that {@code stop} is heard meanwhile.
 */
public final class LoadAgent {
    /** Words of an order and of an answer stand between these. */
    static final String SEPARATOR = "\t";

    /** Orders. */
    static final String RUN = "run";

    static final String STOP = "stop";
    /** Answers: connections are open and the clock has started; the result; no result, and why. */
    static final String BEGAN = "began";

    static final String DONE = "done";
    static final String FAILED = "failed";

    /** Of an open loop's requests: so many may be due in the last moment and find no free connection. */
    private static final double UNSENT_SHARE_MAX = 0.001;

    private final PrintStream out;
    private final BlockingQueue<String[]> orders = new ArrayBlockingQueue<>(1);
    private volatile Run run;

    private LoadAgent(PrintStream out) {
        this.out = out;
    }

    /** Ends with its input. */
    public static void main(String[] arguments) throws InterruptedException {
        LoadAgent agent = new LoadAgent(System.out);
        System.setOut(System.err); // answers only
        Thread.ofPlatform().daemon().name("orders").start(agent::read);
        while (true) {
            agent.run(agent.orders.take());
        }
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                order(line.split(SEPARATOR));
            }
            System.exit(0);
        } catch (IOException | InterruptedException e) {
            System.exit(1);
        }
    }

    private void order(String[] words) throws InterruptedException {
        Run running = run;
        if (words[0].equals(RUN)) {
            orders.put(words);
        } else if (running != null) {
            running.interrupt();
        }
    }

    private void run(String[] words) {
        try {
            String[] commandLine = Arrays.copyOfRange(words, 1, words.length);
            run = new Run(LoadCommand.plan(commandLine), new Beginning(), System.err::println);
            answer(run.execute());
        } catch (PlanException e) {
            say(FAILED, e.getMessage());
        } finally {
            run = null;
        }
    }

    private void answer(Outcome outcome) {
        if (outcome.problem != null) {
            say(FAILED, outcome.problem);
        } else {
            say(DONE, errors(outcome.total), encoded(outcome.total.latency));
        }
    }

    private static String errors(Tally total) {
        List<String> all = new ArrayList<>();
        for (ErrorKind kind : ErrorKind.values()) {
            if (total.errors(kind) > 0) {
                all.add(total.errors(kind) + " " + kind.label());
            }
        }
        if (total.unsent > UNSENT_SHARE_MAX * total.requests) {
            all.add(total.unsent + " never sent");
        }
        return String.join(", ", all);
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    private void say(String... words) {
        out.println(String.join(SEPARATOR, words));
        out.flush();
    }

    /** Tells when load begins. */
    private final class Beginning implements RunObserver {
        @Override
        public void onStart(Outcome outcome) {
            say(BEGAN);
        }

        @Override
        public void onSecond(Outcome outcome, Second second, Tally tally) {
            // the result says it all
        }
    }
}
