package dev.weir.bench.micro;

import dev.weir.acl.AclBook;
import dev.weir.acl.Condition;
import dev.weir.acl.ConditionParser;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
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

/** Question: what does a condition of a rule cost, by what it looks at and how it compares? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConditionBenchmark {
    @Param({
        "if TRUE",
        "if { src 10.0.0.0/8 203.0.113.0/24 192.0.2.0/24 }",
        "if { src_port 1000:2000 }",
        "if { str(www.example.com) -i a.example.com b.example.com www.example.com }",
        "if { str(www.example.com) -m end .org .net .com }",
        "if { str(www.example.com) -m reg ^www[0-9]*\\.example\\. }",
        "if !{ src 10.0.0.0/8 } { src_port gt 1000 } or FALSE"
    })
    String condition;

    private final TestContext context = new TestContext();
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();
    private Condition compiled;

    @Setup
    public void compile() throws ParseProblem {
        ConditionParser parser = new ConditionParser(new AclBook(new ExpressionParser(SampleNames.standard())));
        compiled = parser.parse(Words.of(condition.split(" +")), context);
    }

    @Benchmark
    public Verdict evaluate() {
        return compiled.test(stream, scratch);
    }
}
