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

    /** Parses from {@code if} or {@code unless} to the end of the line. */
    public Condition parse(Words words, ParseContext context) throws ParseProblem {
        boolean isUnless = words.next().equals("unless");
        List<List<Condition.Term>> alternatives = new ArrayList<>();
        alternatives.add(new ArrayList<>());
        while (words.hasNext()) {
            if (words.skip("or") || words.skip("||")) {
                requireTerms(alternatives);
                alternatives.add(new ArrayList<>());
            } else {
                alternatives.getLast().add(term(words, context));
            }
        }
        requireTerms(alternatives);
        return new Condition(
                isUnless,
                alternatives.stream()
                        .map(terms -> terms.toArray(new Condition.Term[0]))
                        .toArray(Condition.Term[][]::new));
    }

    private static void requireTerms(List<List<Condition.Term>> alternatives) throws ParseProblem {
        if (alternatives.getLast().isEmpty()) {
            throw new ParseProblem("missing term in condition");
        }
    }

    private Condition.Term term(Words words, ParseContext context) throws ParseProblem {
        String word = words.next();
        boolean isNegated = false;
        while (word.startsWith("!")) {
            isNegated = !isNegated;
            word = word.length() > 1 ? word.substring(1) : words.require("term after '!'");
        }
        if (word.equals("{")) {
            AclTest test = anonymous(words, context);
            return new Condition.Term(test, isNegated, "{ " + test.text() + " }");
        }
        Acl acl = acls.require(word, context);
        if (!acl.isAvailableAt(context.hook())) {
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
        AclTest test;
        try {
            test = acls.anonymous(new Words(inner), context);
        } catch (ParseProblem problem) {
            throw new ParseProblem("%s", "error detected while parsing an anonymous ACL : " + problem.getMessage());
        }
        if (!test.isAvailableAt(context.hook())) {
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
