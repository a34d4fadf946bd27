package dev.weir.load.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.bridge.transport.EventLoop;
import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.Targets;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In steady state a request makes no garbage: what the loop's thread allocates, from wherever, is counted by the JVM. */
class AllocationTest extends RunFixture {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int REQUESTS = 10_000;
    private static final int ROUNDS_MAX = 40;

    private record Sample(long requests, long bytes) {}

    @ParameterizedTest
    @CsvSource({
        "false,1,http,/64",
        "false,1,http,/40k",
        "false,8,http,/64",
        "true,1,http,/64",
        "false,1,tcp,/echo?bytes=64",
        "false,1,tcp,/source?bytes=64k"
    })
    void shouldMakeNoGarbagePerRequest(boolean openLoop, int pipeline, String scheme, String path) throws Exception {
        plan.requests = Long.MAX_VALUE;
        plan.connections = 16;
        plan.pipeline = pipeline;
        plan.rate = openLoop ? RateProfile.constant(50_000) : null;
        String address = listen(origin(options -> {}), scheme + "://127.0.0.1:0" + (scheme.equals("tcp") ? path : ""));
        Targets targets = new Targets(common);
        targets.add(scheme + "://" + address + path, 1);
        plan.targets = targets.targets();

        try (Transport transport = Transports.open(Transports.Choice.BEST, new TransportOptions())) {
            assertThat(leastBytesOf(transport))
                    .as("bytes in %d requests", REQUESTS)
                    .isLessThan(REQUESTS);
        }
    }

    /** Code that is not yet compiled makes garbage: what is allocated for ever is allocated in every round. */
    private long leastBytesOf(Transport transport) throws Exception {
        List<LoopWork> works = new ArrayList<>();
        new Assignment(plan, transport, () -> {}).fill(works);
        LoopWork work = works.getFirst();
        work.open();
        work.ready().await();
        work.begin(System.nanoTime());
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && bytes >= REQUESTS; round++) {
            bytes = bytesOfARound(transport.loop(0), work);
        }
        work.abort();
        work.ended().await();
        return bytes;
    }

    private long bytesOfARound(EventLoop loop, LoopWork work) throws Exception {
        Sample before = sample(loop, work);
        Sample now = before;
        while (now.requests() < before.requests() + REQUESTS) {
            Thread.onSpinWait();
            Thread.yield();
            now = new Sample(work.tally().requests, 0);
        }
        Sample after = sample(loop, work);
        return (after.bytes() - before.bytes()) * REQUESTS / (after.requests() - before.requests());
    }

    private static Sample sample(EventLoop loop, LoopWork work) throws Exception {
        CompletableFuture<Sample> sample = new CompletableFuture<>();
        loop.execute(() -> {
            long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().threadId());
            sample.complete(new Sample(work.tally().requests, bytes));
        });
        return sample.get();
    }
}
