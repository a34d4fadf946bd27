package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.acl.ConditionParser;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.ArrayList;
import java.util.List;

/** Collects the rules of one set of one section, line by line. One thread, while parsing. */
public final class TcpRuleParser {
    private final TcpRuleSet set;
    private final ExpressionParser expressions;
    private final LogFormatParser formats;
    private final ConditionParser conditions;
    private final RuleResources resources;
    private final List<Rule> rules = new ArrayList<>();

    public TcpRuleParser(
            TcpRuleSet set,
            ExpressionParser expressions,
            LogFormatParser formats,
            ConditionParser conditions,
            RuleResources resources) {
        this.set = set;
        this.expressions = expressions;
        this.formats = formats;
        this.conditions = conditions;
        this.resources = resources;
    }

    /**
     * Adds a rule; {@code words} start at the action, such as {@code reject if { ... }}.
     *
     * @param context whose hook is {@link TcpRuleSet#hook()}
     */
    public void add(Words words, ParseContext context) throws ParseProblem {
        add(words, context, conditions);
    }

    /** Adds a rule of a defaults section, whose conditions see other ACLs. */
    public void add(Words words, ParseContext context, ConditionParser conditions) throws ParseProblem {
        String word = words.require("action");
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        TcpActions.Entry entry = entry(name);
        RuleAction action;
        try {
            var tools = new ActionTools(expressions, formats, context, resources, set.origin());
            action = entry.parser().parse(word, words, tools);
        } catch (ParseProblem problem) {
            throw new ParseProblem(
                    "%s",
                    "error detected while parsing '" + set.text() + " " + name + "' rule : " + problem.getMessage());
        }
        rules.add(new Rule(action, condition(name, words, context, conditions), context.file(), context.line()));
    }

    private Condition condition(String name, Words words, ParseContext context, ConditionParser conditions)
            throws ParseProblem {
        String kind = words.peek();
        try {
            return conditions.parseOptional(words, context);
        } catch (ParseProblem problem) {
            throw new ParseProblem(
                    "'%s %s' : error detected in %s while parsing '%s' condition : %s",
                    set.text(), name, RuleMessages.title(context), kind, problem.getMessage());
        }
    }

    private TcpActions.Entry entry(String name) throws ParseProblem {
        TcpActions.Entry entry = TcpActions.get(name);
        if (entry == null || entry.isSupported() && !entry.sets().contains(set)) {
            List<String> possible = TcpActions.all().stream()
                    .filter(candidate ->
                            candidate.isSupported() && candidate.sets().contains(set))
                    .map(TcpActions.Entry::name)
                    .toList();
            throw new ParseProblem("'%s' expects %s, got '%s'", set.text(), possible, name);
        }
        if (!entry.isSupported()) {
            throw new ParseProblem("'%s %s' is known but not supported by this version", set.text(), name);
        }
        return entry;
    }

    /** The rules so far. */
    public TcpRules build() {
        return rules.isEmpty() ? TcpRules.NONE : new TcpRules(rules);
    }
}
