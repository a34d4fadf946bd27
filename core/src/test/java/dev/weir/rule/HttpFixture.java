package dev.weir.rule;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.weir.acl.AclBook;
import dev.weir.acl.ConditionParser;
import dev.weir.log.LogFormatParser;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Slice;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.Reply;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleNames;
import dev.weir.sample.Scratch;
import dev.weir.sample.TestContext;
import dev.weir.sample.Words;
import dev.weir.stream.HttpExchange;
import dev.weir.stream.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/** Rules of one set on an exchange whose heads are given as text. */
public final class HttpFixture {
    public static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());
    public static final LogFormatParser FORMATS = new LogFormatParser(EXPRESSIONS);
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|\\\\ |[^ \"])++");
    private static final int BYTES_MAX = 16384;

    public final TestContext context = new TestContext();
    public final Scratch scratch = new Scratch(1);
    public final Stream stream = context.process.stream();
    public final ConditionParser conditions = new ConditionParser(new AclBook(EXPRESSIONS));
    public final HttpExchange exchange = stream.exchange(100, BYTES_MAX);
    public final ByteWriter body = new ByteWriter(64, BYTES_MAX);
    public RuleResources resources = RuleResources.NONE;
    public ErrorReplies errors = ErrorReplies.NONE;
    public HeadText parsedRequest;
    public HeadText parsedResponse;

    public HttpFixture() {
        exchange.start(1);
    }

    /** Words as a configuration has them: quotes and backslashes hold blanks. */
    public static Words words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group().replace("\"", "").replace("\\ ", " "));
        }
        return new Words(words);
    }

    public HttpRules rules(HttpRuleSet set, String... lines) throws ParseProblem {
        context.hook = set.hook();
        HttpRuleParser parser = new HttpRuleParser(set, EXPRESSIONS, FORMATS, resources);
        for (String line : lines) {
            context.line++;
            parser.add(words(line), context, conditions);
        }
        return parser.build();
    }

    public ActionTools tools() {
        return new ActionTools(EXPRESSIONS, FORMATS, context, resources);
    }

    public HttpRuleResult evaluate(HttpRules rules) {
        return rules.evaluate(0, stream, scratch);
    }

    /** A request whose lines end with {@code \n}, such as {@code GET / HTTP/1.1}. */
    public HttpFixture request(String text) {
        parsedRequest = new HeadText(text);
        parsedRequest.restore(exchange.request());
        exchange.hasRequest(true);
        return this;
    }

    /** A response, such as {@code HTTP/1.1 200 OK}. */
    public HttpFixture response(String text) {
        parsedResponse = new HeadText(text);
        parsedResponse.restore(exchange.response());
        exchange.status(exchange.response().status());
        exchange.hasResponse(true);
        return this;
    }

    /** A head as received: the positions of its parts, found once, so that filling a head allocates nothing. */
    public static final class HeadText {
        private final UnsafeBuffer bytes;
        private final String[] start;
        private final int status;
        private final long[] parts = new long[2];
        private final List<long[]> fields = new ArrayList<>();

        HeadText(String text) {
            bytes = new UnsafeBuffer(text.getBytes(ISO_8859_1));
            start = text.lines().findFirst().orElseThrow().split(" ", 3);
            status = start[0].startsWith("HTTP/") ? Integer.parseInt(start[1]) : 0;
            parts[0] = received(text, status == 0 ? start[0] : start[2], status == 0 ? 0 : 12);
            parts[1] = received(text, start[1], start[0].length());
            int at = text.indexOf('\n') + 1;
            while (at > 0 && at < text.length()) {
                int end = text.indexOf('\n', at);
                end = end < 0 ? text.length() : end;
                field(text, at, end);
                at = end + 1;
            }
        }

        private void field(String text, int at, int end) {
            int colon = text.indexOf(':', at);
            int value = colon + 1;
            while (value < end && text.charAt(value) == ' ') {
                value++;
            }
            int behind = end;
            while (behind > value && text.charAt(behind - 1) == ' ') {
                behind--;
            }
            fields.add(new long[] {Slice.received(at, colon - at), Slice.received(value, behind - value)});
        }

        private static long received(String text, String part, int from) {
            return Slice.received(text.indexOf(part, from), part.length());
        }

        /** Makes the head what was received. */
        public void restore(MessageHead head) {
            head.clear();
            head.source(bytes);
            head.version(MessageHead.HTTP_1_1);
            if (status == 0) {
                head.method(parts[0]);
                head.target(parts[1]);
            } else {
                head.status(status);
                head.reason(parts[0]);
            }
            for (int i = 0; i < fields.size(); i++) {
                head.add(fields.get(i)[0], fields.get(i)[1]);
            }
        }
    }

    /** The head as it would be sent: names in lower case, lines end with {@code \n}. */
    public static String text(MessageHead head) {
        StringBuilder out = new StringBuilder();
        String version = "HTTP/" + (head.version() >> 8) + "." + (head.version() & 0xFF);
        if (head.status() == 0) {
            out.append(head.text(head.method()))
                    .append(' ')
                    .append(head.text(head.target()))
                    .append(' ')
                    .append(version);
        } else {
            out.append(version).append(' ').append(head.status()).append(' ').append(head.text(head.reason()));
        }
        for (int i = 0; i < head.fieldCount(); i++) {
            out.append('\n')
                    .append(head.text(head.name(i)).toLowerCase())
                    .append(": ")
                    .append(head.text(head.value(i)));
        }
        return out.toString();
    }

    public String request() {
        return text(exchange.request());
    }

    public String response() {
        return text(exchange.response());
    }

    /** What a reply writes: head, an empty line, body. */
    public String written(Reply reply) {
        boolean fits = reply.write(stream, scratch, errors, exchange.response(), body);
        exchange.status(exchange.response().status());
        return fits ? response() + "\n\n" + new String(body.array(), 0, body.length(), ISO_8859_1) : "does not fit";
    }
}
