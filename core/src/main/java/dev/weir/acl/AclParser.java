package dev.weir.acl;

import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
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
import java.util.Set;

/** Parses {@code <expression> [flags] [--] [operator] <pattern>...}. Stateless; any thread. */
final class AclParser {
    private static final String GROUP_FETCH = "http_auth_group";
    private static final Set<String> VERSIONS = Set.of("req.ssl_ver", "req_ssl_ver");

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
        /** The fetch or derivative as written, without arguments. */
        private final String fetchWord;
        /** All of it as written. */
        private final String text;

        private MatchMethod method;
        private boolean isVersion;
        private boolean ignoresCase;
        private boolean readsMaps;

        Run(Words words, ParseContext context) {
            String first = words.peek();
            this.fetchWord = first.substring(0, nameEnd(first));
            this.text = words.text();
            this.words = underived(words);
            this.context = context;
        }

        /** The words with a derivative's name replaced by its fetch's. */
        private Words underived(Words words) {
            String first = words.peek();
            int end = nameEnd(first);
            Derivatives.Derivative derivative = Derivatives.of(first.substring(0, end));
            if (derivative == null) {
                return words;
            }
            method = derivative.method();
            List<String> rest = new ArrayList<>(words.rest());
            rest.set(0, derivative.fetch() + first.substring(end));
            return new Words(rest);
        }

        private static int nameEnd(String word) {
            int end = 0;
            while (end < word.length() && "(,".indexOf(word.charAt(end)) < 0) {
                end++;
            }
            return end;
        }

        AclTest parse() throws ParseProblem {
            Expression expression = expressions.parse(words, context, Hook.ANYWHERE);
            if (method == null || expression.hasConverters()) { // what converters make is compared as their type is
                method = defaultMethod(expression);
            }
            isVersion = !expression.hasConverters()
                    && VERSIONS.contains(expression.fetch().name());
            List<String> files = flags();
            if (method == null) {
                throw new ParseProblem(
                        "matching method must be specified first (using '-m') when using a sample fetch of this"
                                + " type ('%s')",
                        expression.type().text());
            }
            checkCast(expression);
            List<String> patterns = patterns();
            if (expression.fetch().name().equals(GROUP_FETCH) && !expression.hasConverters()) {
                return new AclTest(text, expression, method, new Matcher[] {groups(expression, files, patterns)});
            }
            if (files.isEmpty() && patterns.isEmpty() && method.takesPatterns()) {
                warnOfNoPattern(expression);
            }
            return new AclTest(text, expression, method, compile(files, patterns));
        }

        /** A user's name matches if the user is in one of these groups. */
        private Matcher groups(Expression expression, List<String> files, List<String> patterns) throws ParseProblem {
            UserList users = expression.arguments().userList(0);
            List<PatternEntry> names = new ArrayList<>();
            patterns.forEach(name -> names.add(new PatternEntry(name)));
            for (String file : files) {
                names.addAll(list(file).entries(PatternList.CURRENT));
            }
            if (names.isEmpty()) {
                throw new ParseProblem("http_auth_group(): no groups specified.");
            }
            for (PatternEntry name : names) {
                if (!users.hasGroup(name.text())) {
                    throw new ParseProblem("http_auth_group(): invalid group '%s'.", name.text());
                }
            }
            PatternEntry[] entries = names.toArray(new PatternEntry[0]);
            return sample -> {
                User user = users.named(sample.bytes(), sample.length());
                for (PatternEntry entry : entries) {
                    if (user != null && user.isIn(entry.text())) {
                        return entry;
                    }
                }
                return null;
            };
        }

        private MatchMethod defaultMethod(Expression expression) {
            MatchMethod byType = MatchMethod.defaultFor(expression.type());
            // hex digits are only the usual form of patterns where the bytes are raw input
            return byType == MatchMethod.BIN && expression.hasConverters() ? null : byType;
        }

        private void checkCast(Expression expression) throws ParseProblem {
            if (!dev.weir.sample.Casts.isPossible(expression.type(), method.input())) {
                throw new ParseProblem(
                        "matching method '%s' cannot be used with fetch keyword '%s'",
                        method.text(), expression.fetch().name());
            }
        }

        /** Files are read behind all flags, since {@code -m} may follow; each keeps the case flag of its place. */
        private List<String> flags() throws ParseProblem {
            List<String> files = new ArrayList<>();
            while (words.peek().startsWith("-") && !isNegativeNumber(words.peek())) {
                String flag = words.next();
                switch (flag) {
                    case "--" -> {
                        return files;
                    }
                    case "-i" -> ignoresCase = true;
                    case "-n" -> {
                        // names are never resolved in patterns here
                    }
                    case "-M" -> readsMaps = true;
                    case "-u" -> words.require("unique id after '-u'");
                    case "-f" -> files.add((ignoresCase ? "i" : "c") + words.require("file name after '-f'"));
                    case "-m" -> method = methodNamed(words.require("matching method after '-m'"));
                    default -> throw new ParseProblem("'%s' is not a flag of ACLs", flag);
                }
            }
            return files;
        }

        private static boolean isNegativeNumber(String word) {
            return word.length() > 1 && Character.isDigit(word.charAt(1));
        }

        private MatchMethod methodNamed(String name) throws ParseProblem {
            MatchMethod named = MatchMethod.of(name);
            if (named == null) {
                throw new ParseProblem("unknown matching method '%s'", name);
            }
            isVersion = false;
            return named;
        }

        private List<String> patterns() throws ParseProblem {
            boolean takesOperators = method == MatchMethod.INT || method == MatchMethod.LEN;
            List<String> patterns = new ArrayList<>();
            String operator = "eq";
            while (words.hasNext()) {
                String word = words.next();
                if (takesOperators && NumberOperators.isOperator(word)) {
                    operator = word;
                } else {
                    patterns.add(takesOperators ? NumberOperators.range(operator, word, isVersion) : word);
                }
            }
            return patterns;
        }

        private void warnOfNoPattern(Expression expression) {
            context.warning("acl '" + expression.text() + "' : no pattern to match against was provided, so this"
                    + " ACL will never match. If this is what you intended, please add '--' to get rid of this"
                    + " warning.");
        }

        /** The list behind a file's case flag and name. */
        private PatternList list(String file) throws ParseProblem {
            return context.patterns().list(file.substring(1), readsMaps, PatternUser.of(false, context));
        }

        private Matcher[] compile(List<String> files, List<String> patterns) throws ParseProblem {
            if (!method.takesPatterns()) {
                return new Matcher[] {Matchers.of(method, false, List.of())};
            }
            List<Matcher> matchers = new ArrayList<>();
            for (String file : files) {
                boolean isCaseless = file.charAt(0) == 'i';
                matchers.add(list(file).matcher(method, isCaseless));
            }
            if (!patterns.isEmpty()) {
                PatternList list = context.patterns().inline(fetchWord, context.file(), context.line(), patterns);
                matchers.add(list.matcher(method, ignoresCase));
            }
            return matchers.toArray(new Matcher[0]);
        }
    }
}
