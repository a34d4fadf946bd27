package dev.weir.bench.micro;

import dev.weir.balance.BalanceAlgorithm;
import dev.weir.balance.BalanceAlgorithms;
import dev.weir.balance.BalanceMethod;
import dev.weir.balance.BalanceSettings;
import dev.weir.balance.HashType;
import dev.weir.balance.Target;
import java.util.concurrent.TimeUnit;
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

/** Question: what does the choice of a server cost, by algorithm, and how does it grow from 2 to 128 servers? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BalancePickBenchmark {
    /** As in a configuration; {@code consistent} is {@code source} with {@code hash-type consistent}. */
    @Param({"roundrobin", "static-rr", "leastconn", "first", "random", "source", "consistent"})
    String algorithm;

    @Param({"2", "16", "128"})
    int serverCount;

    private BalanceAlgorithm balancer;
    private boolean isHash;
    private int key;

    @Setup
    public void setUp() {
        boolean isRing = algorithm.equals("consistent");
        BalanceMethod method = BalanceAlgorithms.named(isRing ? "source" : algorithm);
        BalanceSettings settings = BalanceSettings.of(method);
        isHash = method.isHash();
        balancer = BalanceAlgorithms.create(
                isRing ? settings.withHashType(HashType.CONSISTENT) : settings, FreeServer.ofCount(serverCount));
    }

    @Benchmark
    public Target pick() {
        if (isHash) {
            key += 0x9E3779B9; // the keys spread over all servers
            return balancer.pick(key, null);
        }
        return balancer.pick(null);
    }
}
