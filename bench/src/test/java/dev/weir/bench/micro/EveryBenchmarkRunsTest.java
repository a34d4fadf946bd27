package dev.weir.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.bridge.transport.Transport;
import dev.weir.bridge.transport.TransportException;
import dev.weir.bridge.transport.TransportOptions;
import dev.weir.bridge.transport.Transports;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Each benchmark runs once, tiny and in this process, with every value of its parameters: none rots unseen. */
class EveryBenchmarkRunsTest {
    @TestFactory
    Stream<DynamicTest> shouldRunOnce() {
        List<String> names = BenchmarkList.defaultList().getAll(null, List.of()).stream()
                .map(BenchmarkListEntry::getUsername)
                .distinct()
                .sorted()
                .toList();
        assertThat(names).isNotEmpty();
        return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> runOnce(name)));
    }

    private static void runOnce(String name) throws Exception {
        if (name.contains(".RingBenchmark.")) {
            assumeUring();
        }
        var options = new OptionsBuilder()
                .include("^" + Pattern.quote(name) + "$")
                .mode(Mode.SingleShotTime)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        assertThat(new Runner(options).run()).isNotEmpty();
    }

    private static void assumeUring() {
        try (Transport transport = Transports.open(Transports.Choice.URING, new TransportOptions())) {
            assertThat(transport.loopCount()).isEqualTo(1);
        } catch (TransportException e) {
            assumeTrue(false, e.getMessage());
        }
    }
}
