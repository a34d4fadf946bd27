package dev.weir.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.acl.AclBook;
import dev.weir.log.LineWriter;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.HttpCases.Case;
import dev.weir.sample.HttpCases.Exchange;
import dev.weir.stream.CapturePlan;
import dev.weir.stream.Exchanges;
import dev.weir.stream.Stream;
import dev.weir.userlist.User;
import dev.weir.userlist.UserList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values of HTTP fetches and converters: those that HAProxy gave are data, and are checked with it where it is at hand. */
class HttpValuesTest {
    private static final String DATA = "http-values.txt";
    private static final ExpressionParser EXPRESSIONS = new ExpressionParser(SampleNames.standard());

    @Test
    void shouldGiveTheValuesThatHaproxyGave() throws Exception {
        for (Exchange exchange : HttpCases.read(HttpValuesTest.class, DATA)) {
            List<String> lines = new ArrayList<>();
            Stream stream = stream(new TestContext(), exchange);
            for (Case line : exchange.cases()) {
                lines.add(new Case(line.expression(), value(exchange, stream, line)).line());
            }
            assertThat(lines).containsExactlyElementsOf(lines(exchange.cases()));
        }
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void shouldHaveTheValuesOfHaproxy(@TempDir Path folder) throws Exception {
        String program = HaproxyProbe.program();
        for (Exchange exchange : HttpCases.read(HttpValuesTest.class, DATA)) {
            List<String> values = HaproxyHttpProbe.ask(program, folder, exchange);
            List<String> theirs = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                theirs.add(new Case(exchange.cases().get(i).expression(), values.get(i)).line());
            }
            assertThat(lines(exchange.cases())).containsExactlyElementsOf(theirs);
        }
    }

    private static List<String> lines(List<Case> cases) {
        return cases.stream().map(Case::line).toList();
    }

    /** The users of {@code userlist} lines. */
    private static Map<String, UserList> userLists(Exchange exchange) {
        List<User> users = new ArrayList<>();
        Set<String> groups = new HashSet<>();
        Map<String, Set<String>> members = new HashMap<>();
        for (String line : exchange.sections()) {
            String[] words = line.strip().split(" ");
            if (words[0].equals("group")) {
                groups.add(words[1]);
                for (int i = 3; i < words.length; i++) {
                    members.computeIfAbsent(words[i], any -> new HashSet<>()).add(words[1]);
                }
            } else if (words[0].equals("user")) {
                Set<String> own = members.computeIfAbsent(words[1], any -> new HashSet<>());
                own.addAll(words.length > 5 ? List.of(words[5].split(",")) : List.of());
                users.add(new User(words[1], words[3], words[2].startsWith("insecure"), own));
            }
        }
        return Map.of("u", new UserList("u", users, groups));
    }

    /** The slots of {@code declare capture} lines. */
    private static CapturePlan plan(Exchange exchange) {
        CapturePlan.Slot[] slots = exchange.settings().stream()
                .filter(line -> line.startsWith("declare capture request len "))
                .map(line -> new CapturePlan.Slot(null, Integer.parseInt(line.substring(28))))
                .toArray(CapturePlan.Slot[]::new);
        return new CapturePlan(1023, slots, new CapturePlan.Slot[0], null);
    }

    private static Stream stream(TestContext context, Exchange exchange) {
        Stream stream = context.process.stream();
        stream.clientSide().connectionSource().ipv4(0x7F000001, 1234);
        context.process.frontend.capturePlan = plan(exchange);
        Exchanges.request(stream, exchange.request());
        if (exchange.response() != null) {
            stream.backend(context.process.backend);
            Exchanges.response(stream, exchange.response());
        }
        return stream;
    }

    /** Null if a test finds none. */
    private static String value(Exchange exchange, Stream stream, Case line) {
        TestContext context = new TestContext();
        context.hook = exchange.response() == null ? Hook.HTTP_REQUEST : Hook.HTTP_RESPONSE;
        context.userLists.putAll(userLists(exchange));
        AclBook acls = new AclBook(EXPRESSIONS);
        context.acls = acls;
        Scratch scratch = new Scratch(1);
        try {
            if (line.isTest()) {
                return passes(acls, line.testWords(), stream, scratch, context) ? "1" : "0";
            }
            boolean isFound = passes(acls, List.of(line.expression(), "-m", "found"), stream, scratch, context);
            ByteWriter out = new ByteWriter(64, 65_535);
            new LogFormatParser(EXPRESSIONS)
                    .parseVerbatim("%{+Q}[" + line.expression() + "]", context)
                    .write(stream, new LineWriter(scratch), out);
            String quoted = new String(out.array(), 0, out.length(), StandardCharsets.ISO_8859_1);
            return isFound ? quoted.substring(1, quoted.length() - 1) : null;
        } catch (ParseProblem problem) {
            return problem.getMessage();
        }
    }

    private static boolean passes(AclBook acls, List<String> words, Stream stream, Scratch scratch, TestContext context)
            throws ParseProblem {
        List<String> line = new ArrayList<>(words);
        line.add(0, "found");
        acls.define(new Words(line), context);
        return acls.find("found", context).test(stream, scratch) == Verdict.PASS;
    }
}
