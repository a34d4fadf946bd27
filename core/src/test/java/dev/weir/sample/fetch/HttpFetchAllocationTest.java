package dev.weir.sample.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acl.AclBook;
import dev.weir.log.LineWriter;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.Allocation;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleNames;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.StreamTest;
import dev.weir.sample.TestContext;
import dev.weir.sample.Verdict;
import dev.weir.sample.Words;
import dev.weir.stream.Exchanges;
import dev.weir.stream.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What configurations usually ask of a request costs no garbage. */
class HttpFetchAllocationTest {
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());

    private final TestContext context = new TestContext();
    private final Scratch scratch = new Scratch(1);
    private final Stream stream = context.process.stream();

    @BeforeEach
    void receive() {
        context.hook = Hook.HTTP_REQUEST;
        Exchanges.request(
                stream,
                "GET /api/users?id=7&sort=name HTTP/1.1\r\nHost: www.Example.com:8080\r\nAccept: text/html, */*;q=0.8\r\n"
                        + "X-Forwarded-For: 10.1.2.3, 192.0.2.1\r\nCookie: lang=de; sid=abcdef; theme=dark\r\n\r\n");
    }

    @Test
    void shouldTestWithoutAllocating(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("hosts"), "www.example.com\napi.example.com\n");
        context.folder = folder;
        List<StreamTest> tests = tests(
                "hdr(host) -i www.example.com:8080 other.example.com",
                "hdr_beg(host) -i www.",
                "hdr_dom(host) -i example.com",
                "req.hdr(host),host_only,lower -m str -f hosts",
                "path_beg /api/ /v2/",
                "path_end .css .js",
                "path_dir users",
                "path_reg ^/[a-z]+/users",
                "url_param(id) 7",
                "cook(sid) abcdef",
                "hdr_ip(x-forwarded-for,-1) 192.0.2.0/24",
                "hdr(accept) -m sub html",
                "method GET HEAD",
                "hdr_cnt(host) 1",
                "acl(METH_GET)");

        Allocation.assertAllocatesNothing(2_000, () -> {
            for (StreamTest test : tests) {
                test.test(stream, scratch);
            }
        });
    }

    private List<StreamTest> tests(String... lines) throws ParseProblem {
        AclBook acls = new AclBook(EXPRESSIONS);
        context.acls = acls;
        List<StreamTest> tests = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            acls.define(Words.of(("t" + i + " " + lines[i]).split(" ")), context);
            StreamTest test = acls.find("t" + i, context);
            tests.add(test);
            boolean isCss = lines[i].startsWith("path_end");
            assertThat(test.test(stream, scratch)).as(lines[i]).isEqualTo(isCss ? Verdict.FAIL : Verdict.PASS);
        }
        return tests;
    }

    @Test
    void shouldEvaluateWithoutAllocating(@TempDir Path folder) throws IOException, ParseProblem {
        Files.writeString(folder.resolve("backends"), "www.example.com web\n");
        context.folder = folder;
        List<Expression> expressions = new ArrayList<>();
        for (String text : List.of(
                "req.hdr(host),lower,field(1,:),map(backends,default)",
                "base",
                "base32",
                "path,word(1,/)",
                "query",
                "url_param(sort)",
                "req.cook(sid)",
                "req.cook_cnt",
                "req.hdr(accept,1)",
                "req.fhdr(accept)",
                "hdr_ip(x-forwarded-for)",
                "method",
                "req.ver",
                "url32+src")) {
            expressions.add(EXPRESSIONS.parse(text, context));
        }
        Sample sample = scratch.take();

        Allocation.assertAllocatesNothing(2_000, () -> {
            for (Expression expression : expressions) {
                expression.evaluateAs(stream, sample, SampleType.STRING);
            }
        });
    }

    @Test
    void shouldWriteTheHttpLogWithoutAllocating() throws ParseProblem {
        context.hook = Hook.LOG;
        stream.backend(context.process.backend);
        stream.server(context.process.server);
        LogFormat format = new LogFormatParser(EXPRESSIONS).parse(LogFormat.HTTP, context);
        LogFormat json = new LogFormatParser(EXPRESSIONS)
                .parse("%{+json}o %(r)r %(st)ST %(hu)HU %(ci)ci %(tr)tr %(b)b %(m)[method]", context);
        LineWriter line = new LineWriter(scratch);
        ByteWriter out = new ByteWriter(1024, 4096);

        Allocation.assertAllocatesNothing(2_000, () -> {
            format.write(stream, line, out.clear());
            json.write(stream, line, out.clear());
        });
    }
}
