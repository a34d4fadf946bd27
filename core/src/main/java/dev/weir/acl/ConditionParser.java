package dev.weir.acl;

import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.ArrayList;
import java.util.List;

/** Parses {@code if|unless <terms>} at the end of a line. Belongs to one section, whose ACLs it knows. */
public final class ConditionParser {
    private final AclBook acls;

    public ConditionParser(AclBook acls) {
        this.acls = acls;
    }

    /** Whether a condition starts here. */
    public static boolean isAt(Words words) {
        return words.peek().equals("if") || words.peek().equals("unless");
    }

    /** Parses the rest of the line: nothing, which always passes, or a condition. */
    public Condition parseOptional(Words words, ParseContext context) throws ParseProblem {
        if (!words.hasNext()) {
            return Condition.ALWAYS;
        }
        if (!isAt(words)) {
            throw new ParseProblem("expects 'if' or 'unless' followed by a condition, got '%s'", words.peek());
        }
        return parse(words, context);
    }

    /** As {@link #parseOptional(Words, ParseContext)}; a problem begins with what the condition belongs to. */
    public Condition parseOptional(String owner, Words words, ParseContext context) throws ParseProblem {
        try {
            return parseOptional(words, context);
        } catch (ParseProblem problem) {
            throw new ParseProblem("error detected while parsing %s : %s.", owner, problem.getMessage());
        }
    }

    /** Parses from {@code if} or {@code unless} to the end of the line. Without a term {@code if} is never met, {@code unless} always. */
    public Condition parse(Words words, ParseContext context) throws ParseProblem {
        boolean isUnless = words.next().equals("unless");
        List<List<Condition.Term>> alternatives = new ArrayList<>();
        List<Condition.Term> terms = new ArrayList<>();
        boolean isNegated = false;
        while (words.hasNext()) {
            String word = words.next();
            String bare = word.replaceFirst("^!+", "");
            isNegated ^= (word.length() - bare.length()) % 2 != 0;
            if (isOr(bare)) {
                isNegated = false;
                alternatives.add(terms);
                terms = new ArrayList<>();
            } else if (!bare.isEmpty()) { // a mark of the opposite may stand alone
                terms.add(term(bare, isNegated, words, context));
                isNegated = false;
            }
        }
        alternatives.add(terms);
        alternatives.removeIf(List::isEmpty);
        return new Condition(
                isUnless,
                alternatives.stream()
                        .map(list -> list.toArray(new Condition.Term[0]))
                        .toArray(Condition.Term[][]::new));
    }

    private static boolean isOr(String word) {
        return word.equalsIgnoreCase("or") || word.equals("||");
    }

    private Condition.Term term(String word, boolean isNegated, Words words, ParseContext context) throws ParseProblem {
        if (word.equals("{")) {
            AclTest test = anonymous(words, context);
            return new Condition.Term(test, isNegated, "{ " + test.text() + " }");
        }
        Acl acl = acls.require(word, context);
        if (!acl.isAvailableAt(context)) {
            warnUseless(word, context);
        }
        return new Condition.Term(acl, isNegated, word);
    }

    private AclTest anonymous(Words words, ParseContext context) throws ParseProblem {
        List<String> inner = new ArrayList<>();
        while (!words.peek().equals("}")) {
            inner.add(words.require("closing '}' in condition"));
        }
        words.next();
        AclTest test = acls.anonymous(new Words(inner), context);
        if (!test.isAvailableAt(context)) {
            warnUseless("{ " + String.join(" ", inner) + " }", context);
        }
        return test;
    }

    private static void warnUseless(String acl, ParseContext context) {
        context.warning(
                "acl '" + acl + "' will never match because it only involves keywords that are incompatible with"
                        + " this kind of rule");
    }
}
