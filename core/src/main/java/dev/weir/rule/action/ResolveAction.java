package dev.weir.rule.action;

import dev.weir.bridge.transport.SocketName;
import dev.weir.resolver.AddressPreference;
import dev.weir.resolver.NameLookup;
import dev.weir.rule.ActionTools;
import dev.weir.rule.HttpAction;
import dev.weir.rule.HttpRuleResult;
import dev.weir.rule.NameResolver;
import dev.weir.rule.RuleAction;
import dev.weir.rule.RuleMessages;
import dev.weir.rule.RuleResult;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Scratch;
import dev.weir.sample.VariableAssignment;
import dev.weir.sample.Words;
import dev.weir.stream.Awaited;
import dev.weir.stream.Stream;
import java.util.List;

/**
 * {@code do-resolve(<var>,<resolvers>[,ipv4|ipv6]) <expr>}: sets a variable to the address of a name; one that has none leaves it as it
 * is. The session waits for the answer, its loop does not. Immutable; any loop.
 */
public final class ResolveAction {
    private static final String USAGE =
            "Expects 'do-resolve(<varname>,<resolvers>[,<options>]) <expr>'. Available options are 'ipv4' and 'ipv6'";

    private final VariableAssignment variable;
    private final NameResolver resolver;
    private final AddressPreference preference;
    private final Expression name;

    private ResolveAction(
            VariableAssignment variable, NameResolver resolver, AddressPreference preference, Expression name) {
        this.variable = variable;
        this.resolver = resolver;
        this.preference = preference;
        this.name = name;
    }

    public static HttpAction http(String word, Words words, ActionTools tools) throws ParseProblem {
        ResolveAction action = parse(word, words, tools);
        return (stream, scratch) -> action.asks(stream, scratch) ? HttpRuleResult.AWAIT : HttpRuleResult.CONTINUE;
    }

    public static RuleAction tcp(String word, Words words, ActionTools tools) throws ParseProblem {
        ResolveAction action = parse(word, words, tools);
        return (stream, scratch) -> action.asks(stream, scratch) ? RuleResult.AWAIT : RuleResult.CONTINUE;
    }

    private static ResolveAction parse(String word, Words words, ActionTools tools) throws ParseProblem {
        int open = word.indexOf('(');
        boolean isClosed = open > 0 && word.endsWith(")");
        List<String> parts =
                isClosed ? List.of(word.substring(open + 1, word.length() - 1).split(",", -1)) : List.of();
        boolean isIpv4 = false;
        for (String option : parts.subList(Math.min(2, parts.size()), parts.size())) {
            if (!option.equals("ipv4") && !option.equals("ipv6") && !option.isEmpty()) {
                throw malformed(word);
            }
            isIpv4 = option.equals("ipv4") || isIpv4 && option.isEmpty();
        }
        if (parts.size() < 2) {
            throw malformed(word);
        }
        NameResolver resolver = tools.resources().resolver(parts.get(1));
        if (resolver == null) {
            throw new ParseProblem(
                    "Proxy '%s': Can't find resolvers section '%s' for do-resolve action",
                    RuleMessages.name(tools.context()), parts.get(1));
        }
        return new ResolveAction(
                VariableAssignment.parse(parts.getFirst(), List.of(), tools.context()),
                resolver,
                new AddressPreference(isIpv4, List.of(), false),
                ActionWords.castable(ActionWords.expression(words, tools), SampleType.STRING));
    }

    private static ParseProblem malformed(String word) {
        return new ParseProblem("Can't parse '%s'. %s", word, USAGE);
    }

    /** @return false if there is no name to ask for */
    private boolean asks(Stream stream, Scratch scratch) {
        Sample sample = scratch.take();
        boolean isPresent = name.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.STRING);
        if (isPresent) {
            String host = sample.bytes().getStringWithoutLengthUtf8(0, sample.length());
            stream.pause().await(new Answer(host, scratch));
        }
        scratch.release(sample);
        return isPresent;
    }

    /** The answer on its way into the variable. */
    private final class Answer implements Awaited {
        private final String host;
        private final Scratch scratch;
        /** Null before it begins. */
        private NameLookup lookup;

        Answer(String host, Scratch scratch) {
            this.host = host;
            this.scratch = scratch;
        }

        @Override
        public void begin(Runnable wake) {
            lookup = resolver.lookUp(host, preference);
            lookup.begin(wake);
        }

        @Override
        public boolean isOver() {
            return lookup.isOver();
        }

        @Override
        public void finish(Stream stream) {
            if (lookup.address() != null) {
                Sample sample = scratch.take();
                sample.address(new SocketName().inet(lookup.address(), 0));
                variable.store(stream, sample);
                scratch.release(sample);
            }
        }

        @Override
        public void abandon() {
            lookup.abandon();
        }
    }
}
