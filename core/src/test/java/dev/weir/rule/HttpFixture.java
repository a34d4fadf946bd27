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
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final int BYTES_MAX = 16384;

    public final TestContext context = new TestContext();
    public final Scratch scratch = new Scratch(1);
    public final Stream stream = context.process.stream();
    public final ConditionParser conditions = new ConditionParser(new AclBook(EXPRESSIONS));
    public final HttpExchange exchange = stream.exchange(100, BYTES_MAX);
    public final ByteWriter body = new ByteWriter(64, BYTES_MAX);
    public RuleResources resources = RuleResources.NONE;
    public ErrorReplies errors = ErrorReplies.NONE;

    public HttpFixture() {
        exchange.start(1);
    }

    /** Words as a configuration has them, of which quotes hold some together. */
    public static Words words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
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

    public HttpRuleResult evaluate(HttpRules rules) {
        return rules.evaluate(0, stream, scratch);
    }

    /** A request whose lines end with {@code \n}, such as {@code GET / HTTP/1.1}. */
    public HttpFixture request(String text) {
        String[] start = text.lines().findFirst().orElseThrow().split(" ");
        MessageHead head = exchange.request();
        fields(head, text);
        head.method(received(text, start[0], 0));
        head.target(received(text, start[1], start[0].length()));
        exchange.hasRequest(true);
        return this;
    }

    /** A response, such as {@code HTTP/1.1 200 OK}. */
    public HttpFixture response(String text) {
        String[] start = text.lines().findFirst().orElseThrow().split(" ", 3);
        MessageHead head = exchange.response();
        fields(head, text);
        head.status(Integer.parseInt(start[1]));
        head.reason(received(text, start[2], 12));
        exchange.hasResponse(true);
        return this;
    }

    private static void fields(MessageHead head, String text) {
        head.clear();
        head.source(new UnsafeBuffer(text.getBytes(ISO_8859_1)));
        head.version(MessageHead.HTTP_1_1);
        int at = text.indexOf('\n') + 1;
        while (at > 0 && at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            int colon = text.indexOf(':', at);
            int value = colon + 1;
            while (value < end && text.charAt(value) == ' ') {
                value++;
            }
            head.add(Slice.received(at, colon - at), Slice.received(value, end - value));
            at = end + 1;
        }
    }

    private static long received(String text, String part, int from) {
        return Slice.received(text.indexOf(part, from), part.length());
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
        return fits ? response() + "\n\n" + new String(body.array(), 0, body.length(), ISO_8859_1) : "does not fit";
    }
}
