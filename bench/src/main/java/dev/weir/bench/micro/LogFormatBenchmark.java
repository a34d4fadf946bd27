package dev.weir.bench.micro;

import dev.weir.log.LineWriter;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.stream.Cause;
import dev.weir.stream.Phase;
import dev.weir.stream.Stream;
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

/** Question: what does a log line cost the loop that formats it? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LogFormatBenchmark {
    /** {@code tcplog} is {@code option tcplog}; others are formats. */
    @Param({
        "tcplog",
        "%ci:%cp %ts",
        "%{+json}o %(client)ci %(backend)b %(time)Tt %(bytes)B",
        "%[src,ipmask(24)] %[date,ltime(%Y-%m-%d)]"
    })
    String format;

    private final TestContext context = new TestContext();
    private final LineWriter line = LineWriter.of(new Scratch(1));
    private final ByteWriter out = new ByteWriter(256, 65_535);
    private final Stream stream = context.process.stream();
    private LogFormat compiled;

    @Setup
    public void compile() throws ParseProblem {
        context.hook = Hook.LOG;
        stream.backend(context.process.backend);
        stream.server(context.process.server);
        stream.times().connectNs = 5_000_000;
        stream.times().closeNs = 1_005_000_000;
        stream.counts().bytesOut = 222_333;
        stream.ended(Cause.CLIENT_TIMEOUT, Phase.DATA);
        LogFormatParser parser = new LogFormatParser(new ExpressionParser(SampleNames.standard()));
        compiled = parser.parse(format.equals("tcplog") ? LogFormat.TCP : format, context);
    }

    @Benchmark
    public int write() {
        out.clear();
        compiled.write(stream, line, out);
        return out.length();
    }
}
