package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.acl.ConditionParser;
import dev.weir.log.LogFormatParser;
import dev.weir.rule.action.HttpActionFamilies;
import dev.weir.rule.action.RedirectActions;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.ArrayList;
import java.util.List;

/** Collects the rules of one HTTP set of one section, line by line. One thread, while parsing. */
public final class HttpRuleParser {
    private final HttpRuleSet set;
    private final ExpressionParser expressions;
    private final LogFormatParser formats;
    private final RuleResources resources;
    private final List<HttpRule> rules = new ArrayList<>();

    public HttpRuleParser(
            HttpRuleSet set, ExpressionParser expressions, LogFormatParser formats, RuleResources resources) {
        this.set = set;
        this.expressions = expressions;
        this.formats = formats;
        this.resources = resources;
    }

    /**
     * Adds a rule; {@code words} start at the action, such as {@code deny if { ... }}.
     *
     * @param context whose hook is {@link HttpRuleSet#hook()}
     * @param conditions of the section that holds the line: its own or that of its defaults
     */
    public void add(Words words, ParseContext context, ConditionParser conditions) throws ParseProblem {
        String word = words.next();
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        HttpActionTable.Entry entry = entry(name);
        rules.add(new HttpRule(
                action(entry, word, words, context),
                condition(name, words, context, conditions),
                context.file(),
                context.line()));
    }

    /** Adds a {@code redirect} line of old; {@code words} start behind that word. */
    public void addRedirect(Words words, ParseContext context, ConditionParser conditions) throws ParseProblem {
        HttpAction action;
        Condition condition;
        try {
            action = RedirectActions.legacy(words, new ActionTools(expressions, formats, context, resources));
            condition = redirectCondition(words, context, conditions);
        } catch (ParseProblem problem) {
            throw new ParseProblem(
                    "error detected in %s while parsing redirect rule : %s",
                    RuleMessages.title(context), problem.getMessage());
        }
        rules.add(new HttpRule(action, condition, context.file(), context.line()));
    }

    private static Condition redirectCondition(Words words, ParseContext context, ConditionParser conditions)
            throws ParseProblem {
        try {
            return conditions.parseOptional(words, context);
        } catch (ParseProblem problem) {
            throw new ParseProblem("error in condition: %s.", problem.getMessage());
        }
    }

    private HttpAction action(HttpActionTable.Entry entry, String word, Words words, ParseContext context)
            throws ParseProblem {
        try {
            var tools = new ActionTools(expressions, formats, context, resources, set.origin());
            return entry.parser().parse(word, words, tools);
        } catch (ParseProblem problem) {
            throw new ParseProblem(
                    "error detected in %s while parsing '%s %s' rule : %s",
                    RuleMessages.title(context), set.text(), word, problem.getMessage());
        }
    }

    private Condition condition(String name, Words words, ParseContext context, ConditionParser conditions)
            throws ParseProblem {
        if (words.hasNext() && !ConditionParser.isAt(words)) {
            throw new ParseProblem(
                    "'%s %s' expects either 'if' or 'unless' followed by a condition but found '%s'.",
                    set.text(), name, words.peek());
        }
        return conditions.parseOptional("an '" + set.text() + " " + name + "' condition", words, context);
    }

    private HttpActionTable.Entry entry(String name) throws ParseProblem {
        HttpActionTable.Entry entry = HttpActionFamilies.TABLE.get(name);
        if (entry == null || !entry.sets().contains(set)) {
            throw new ParseProblem(
                    "'%s' expects %s, but got '%s'%s",
                    set.text(), names(), name, name.isEmpty() ? " (missing argument)" : "");
        }
        if (!entry.isSupported()) {
            throw new ParseProblem(
                    "'%s %s' is known but not supported by this version (%s)", set.text(), name, entry.description());
        }
        return entry;
    }

    private List<String> names() {
        return HttpActionFamilies.TABLE.all().stream()
                .filter(entry -> entry.isSupported() && entry.sets().contains(set))
                .map(HttpActionTable.Entry::name)
                .toList();
    }

    /** The rules so far. */
    public HttpRules build() {
        return rules.isEmpty() ? HttpRules.NONE : new HttpRules(rules);
    }
}
