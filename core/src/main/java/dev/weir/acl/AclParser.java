package dev.weir.acl;

import dev.weir.acl.AclKeywords.AclKeyword;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.SampleType;
import dev.weir.sample.Words;
import dev.weir.sample.pattern.MatchMethod;
import dev.weir.sample.pattern.Matcher;
import dev.weir.sample.pattern.Matchers;
import dev.weir.sample.pattern.PatternEntry;
import dev.weir.sample.pattern.PatternList;
import dev.weir.sample.pattern.PatternUser;
import dev.weir.userlist.User;
import dev.weir.userlist.UserList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Parses {@code <expression> [flags] [--] [operator] <pattern>...}. Stateless; any thread. */
final class AclParser {
    private static final String GROUP_FETCH = "http_auth_group";

    private final ExpressionParser expressions;

    AclParser(ExpressionParser expressions) {
        this.expressions = expressions;
    }

    AclTest parse(Words words, ParseContext context) throws ParseProblem {
        return new Run(words, context).parse();
    }

    private final class Run {
        private final Words words;
        private final ParseContext context;
        /** The first word as written. */
        private final String word;
        /** All of it as written. */
        private final String text;

        private final AclKeyword keyword;
        /** What messages call the test: the fetch, or the keyword that says how its value is compared. */
        private String name;

        private Expression expression;
        private MatchMethod method;
        private boolean isVersion;
        private boolean ignoresCase;
        private boolean readsMaps;
        private boolean resolvesNames = true;
        /** Number of the list of the patterns in the line, if one is asked for. */
        private OptionalInt id = OptionalInt.empty();

        private final List<Matcher> matchers = new ArrayList<>();
        private final List<PatternEntry> fileEntries = new ArrayList<>();

        Run(Words words, ParseContext context) {
            this.word = words.peek();
            this.text = words.text();
            this.name = word.substring(0, nameEnd(word));
            this.keyword = AclKeywords.of(name);
            this.words = keyword == null ? words : fetching(keyword.fetch(), words);
            this.context = context;
        }

        /** The words with a keyword replaced by its fetch's name. */
        private static Words fetching(String fetch, Words words) {
            List<String> rest = new ArrayList<>(words.rest());
            String first = rest.get(0);
            rest.set(0, fetch + first.substring(nameEnd(first)));
            return new Words(rest);
        }

        private static int nameEnd(String word) {
            int end = 0;
            while (end < word.length() && !isNameEnd(word.charAt(end))) {
                end++;
            }
            return end;
        }

        private static boolean isNameEnd(char c) {
            return !(c < 128 && Character.isLetterOrDigit(c)) && "_-.:+".indexOf(c) < 0;
        }

        AclTest parse() throws ParseProblem {
            expression = expression();
            useDefaultMethod();
            warnOfOversights();
            flags();
            if (method == null) {
                throw methodIsMissing();
            }
            patterns();
            return new AclTest(text, expression, method, matchers.toArray(new Matcher[0]));
        }

        private Expression expression() throws ParseProblem {
            try {
                return expressions.parse(words, context, Hook.ANYWHERE);
            } catch (ParseProblem problem) {
                throw keyword == null
                        ? new ParseProblem("%s in ACL expression '%s'", problem.getMessage(), word)
                        : new ParseProblem("ACL keyword '%s' : %s", name, problem.getMessage());
            }
        }

        /** A keyword's method; without one, or behind converters, the one of the type. */
        private void useDefaultMethod() {
            if (keyword == null || expression.hasConverters()) {
                name = expression.fetch().name();
                method = MatchMethod.defaultFor(expression.type());
            } else {
                method = keyword.method();
                isVersion = keyword.isVersion();
            }
        }

        private void warnOfOversights() {
            if (method != null && expression.type() != SampleType.BOOLEAN && !words.hasNext()) {
                context.warning("acl keyword '" + word + "' : no pattern to match against were provided, so this ACL"
                        + " will never match. If this is what you intended, please add '--' to get rid of this"
                        + " warning. If you intended to match only for existence, please use '-m found'. If you wanted"
                        + " to force an int to match as a bool, please use '-m bool'.");
            }
            if (words.peek().startsWith("(") && word.indexOf('(') < 0) {
                context.warning("matching '" + word + "' for pattern '" + words.peek() + "' is likely a mistake and"
                        + " probably not what you want. Maybe you need to remove the extraneous space before '('. If"
                        + " you are really sure this is not an error, please insert '--' between the match and the"
                        + " pattern to make this warning message disappear.");
            }
        }

        private ParseProblem methodIsMissing() {
            return new ParseProblem(
                    "matching method must be specified first (using '-m') when using a sample fetch of this type"
                            + " ('%s')",
                    name);
        }

        /** Each holds for what follows. */
        private void flags() throws ParseProblem {
            while (words.peek().startsWith("-")) {
                String flag = words.next();
                switch (flag) {
                    case "--" -> {
                        return;
                    }
                    case "-i" -> ignoresCase = true;
                    case "-n" -> resolvesNames = false;
                    case "-M" -> readsMaps = true;
                    case "-u" -> id = OptionalInt.of(uniqueId(words.next()));
                    case "-f" -> file(words.next());
                    case "-m" -> use(words.next());
                    default ->
                        throw new ParseProblem(
                                "'%s' is not a valid ACL option. Please use '--' before any pattern beginning with a '-'",
                                flag);
                }
            }
        }

        private static int uniqueId(String text) throws ParseProblem {
            if (!text.matches("[0-9]{1,9}")) {
                throw new ParseProblem("the argument of -u must be an integer");
            }
            return Integer.parseInt(text);
        }

        private void use(String methodName) throws ParseProblem {
            if (!matchers.isEmpty()) {
                throw new ParseProblem(
                        "'-m' must only be specified before patterns and files in parsing ACL expression");
            }
            method = MatchMethod.of(methodName);
            if (method == null) {
                throw new ParseProblem("unknown matching method '%s' when parsing ACL expression", methodName);
            }
            if (!Casts.isPossible(expression.type(), method.input())) {
                throw new ParseProblem("matching method '%s' cannot be used with fetch keyword '%s'", methodName, name);
            }
            isVersion = false;
        }

        private void file(String file) throws ParseProblem {
            if (method == null) {
                throw methodIsMissing();
            }
            PatternList list = context.patterns().list(file, readsMaps, PatternUser.of(false, context));
            if (isOfGroups()) {
                fileEntries.addAll(list.entries(PatternList.CURRENT));
            }
            matchers.add(context.patterns().matcher(list, method, ignoresCase, resolvesNames));
        }

        private boolean isOfGroups() {
            return name.equals(GROUP_FETCH) && !expression.hasConverters();
        }

        private void patterns() throws ParseProblem {
            boolean takesOperators = method == MatchMethod.INT || method == MatchMethod.LEN;
            List<String> patterns = new ArrayList<>();
            String operator = "eq";
            while (words.hasNext()) {
                String pattern = words.next();
                if (takesOperators && NumberOperators.isOperator(pattern)) {
                    operator = pattern;
                } else {
                    patterns.add(takesOperators ? NumberOperators.range(operator, pattern, isVersion) : pattern);
                }
            }
            if (isOfGroups()) {
                replaceByGroups(patterns);
            } else if (!method.takesPatterns()) {
                matchers.add(Matchers.of(method, false, List.of()));
            } else if (!patterns.isEmpty() || id.isPresent()) {
                PatternList list = context.patterns().inline(name, id, context.file(), context.line(), patterns);
                matchers.add(context.patterns().matcher(list, method, ignoresCase, resolvesNames));
            }
        }

        /** A user's name matches if the user is in one of these groups. */
        private void replaceByGroups(List<String> patterns) throws ParseProblem {
            UserList users = expression.arguments().userList(0);
            List<PatternEntry> names = new ArrayList<>(fileEntries);
            patterns.forEach(group -> names.add(new PatternEntry(group)));
            if (names.isEmpty()) {
                throw new ParseProblem("http_auth_group(): no groups specified");
            }
            for (PatternEntry group : names) {
                if (!users.hasGroup(group.text())) {
                    throw new ParseProblem("http_auth_group(): invalid group '%s'", group.text());
                }
            }
            PatternEntry[] entries = names.toArray(new PatternEntry[0]);
            matchers.clear();
            matchers.add(sample -> groupOf(users.named(sample.bytes(), sample.length()), entries));
        }

        private static PatternEntry groupOf(User user, PatternEntry[] groups) {
            for (PatternEntry group : groups) {
                if (user != null && user.isIn(group.text())) {
                    return group;
                }
            }
            return null;
        }
    }
}
