package dev.weir.config.compile;

import dev.weir.acl.AclBook;
import dev.weir.acl.Condition;
import dev.weir.acl.ConditionParser;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Position;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RuleSet;
import dev.weir.config.model.Rules;
import dev.weir.config.model.StickLine;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.log.LogTarget;
import dev.weir.log.LogTargetParser;
import dev.weir.log.SessionLog;
import dev.weir.persist.PersistRules;
import dev.weir.proxy.key.BalanceKey;
import dev.weir.rule.ActionTools;
import dev.weir.rule.BandwidthFilter;
import dev.weir.rule.BandwidthFilterParser;
import dev.weir.rule.HttpRuleBook;
import dev.weir.rule.HttpRuleParser;
import dev.weir.rule.HttpRuleSet;
import dev.weir.rule.HttpRules;
import dev.weir.rule.RuleResources;
import dev.weir.rule.StickRules;
import dev.weir.rule.SwitchingRules;
import dev.weir.rule.TcpRuleParser;
import dev.weir.rule.TcpRuleSet;
import dev.weir.rule.TcpRules;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.ErrorReplyParser;
import dev.weir.sample.Expression;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.server.ProxyFields;
import dev.weir.server.check.script.CheckScript;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Compiles the lines of one proxy that speak of streams: ACLs, rules, switching, log formats, the balancing key. A line that
 * cannot be compiled is reported with its position and left out. Frontends and backends have to exist, since expressions hold
 * on to those they name.
 */
public final class ProxyCompiler {
    private final Scene scene;
    private final ProxySection proxy;
    private final FrontendView frontend;
    private final BackendView backend;
    private final LogFormatParser formats;
    private final AclBook inheritedAcls;
    private final AclBook acls;
    private final RuleResources resources;

    public ProxyCompiler(Scene scene, ProxySection proxy) {
        this.scene = scene;
        this.proxy = proxy;
        frontend = proxy.frontend() == null ? null : scene.views().frontend(proxy.name());
        backend = proxy.backend() == null ? null : scene.views().backend(proxy.name());
        formats = new LogFormatParser(scene.expressions());
        inheritedAcls = acls(proxy.inherited());
        acls = acls(proxy.rules());
        resources = new ProxyResources(scene.resources(), filters());
    }

    private Map<String, BandwidthFilter> filters() {
        var parser = new BandwidthFilterParser(scene.expressions());
        addRules((words, context, conditions) -> parser.add(words, context), RuleSet.FILTER, Hook.ANYWHERE);
        return parser.build();
    }

    private AclBook acls(Rules rules) {
        var book = new AclBook(scene.expressions());
        for (var line : rules.acls()) {
            List<String> words = new ArrayList<>(line.words());
            words.add(0, line.name());
            attempt(line.at(), book, Hook.ANYWHERE, context -> {
                book.define(LineWords.of(words), context);
                return book;
            });
        }
        return book;
    }

    /** The rules of one set: those of the named defaults first. */
    public TcpRules tcpRules(TcpRuleSet target) {
        RuleSet set = switch (target) {
            case REQUEST_CONNECTION -> RuleSet.TCP_REQUEST_CONNECTION;
            case REQUEST_SESSION -> RuleSet.TCP_REQUEST_SESSION;
            case REQUEST_CONTENT -> RuleSet.TCP_REQUEST_CONTENT;
            case RESPONSE_CONTENT -> RuleSet.TCP_RESPONSE_CONTENT;
        };
        var parser = new TcpRuleParser(target, scene.expressions(), formats, new ConditionParser(acls), resources);
        addRules(parser::add, set, target.hook());
        return parser.build();
    }

    /** All that the proxy says about HTTP messages; in {@code mode tcp} for connections that become HTTP. */
    public HttpRuleBook httpRuleBook() {
        return new HttpRuleBook(
                httpRules(HttpRuleSet.REQUEST, RuleSet.HTTP_REQUEST),
                statsPage(),
                redirectRules(),
                httpRules(HttpRuleSet.RESPONSE, RuleSet.HTTP_RESPONSE),
                httpRules(HttpRuleSet.AFTER_RESPONSE, RuleSet.HTTP_AFTER_RESPONSE),
                errorReplies());
    }

    /** The rules of one HTTP set: those of the named defaults first. */
    private HttpRules httpRules(HttpRuleSet target, RuleSet set) {
        var parser = new HttpRuleParser(target, scene.expressions(), formats, resources);
        addRules(parser::add, set, target.hook());
        return parser.build();
    }

    /** The {@code stats} lines: a set of their own that runs after {@code http-request}. */
    private HttpRules statsPage() {
        if (proxy.statsPage() == null) {
            return HttpRules.NONE;
        }
        var parser = new ConditionParser(acls);
        return new StatsPageCompiler(
                        proxy.statsPage(),
                        proxy.name(),
                        scene.services(),
                        scene.node(),
                        (at, words) -> attempt(
                                at,
                                acls,
                                Hook.HTTP_REQUEST,
                                context -> parser.parseOptional("a 'stats' rule", LineWords.of(words), context)))
                .compile();
    }

    /** The {@code redirect} lines: a set of their own that runs after {@code http-request}. */
    private HttpRules redirectRules() {
        var parser = new HttpRuleParser(HttpRuleSet.REQUEST, scene.expressions(), formats, resources);
        addRules(parser::addRedirect, RuleSet.REDIRECT, Hook.HTTP_REQUEST);
        return parser.build();
    }

    private interface RuleCollector {
        void add(Words words, LineContext context, ConditionParser conditions) throws ParseProblem;
    }

    private void addRules(RuleCollector collector, RuleSet set, Hook hook) {
        addRules(collector, proxy.inherited(), inheritedAcls, set, hook);
        addRules(collector, proxy.rules(), acls, set, hook);
    }

    private void addRules(RuleCollector collector, Rules rules, AclBook book, RuleSet set, Hook hook) {
        var conditions = new ConditionParser(book);
        for (var line : rules.lines()) {
            if (line.set() == set) {
                attempt(line.at(), book, hook, context -> {
                    collector.add(LineWords.of(line.words()), context, conditions);
                    return collector;
                });
            }
        }
    }

    /** What the proxy answers itself, by status, and at any time. */
    private ErrorReplies errorReplies() {
        var parser = new ErrorReplyParser();
        for (var line : proxy.errorPages()) {
            attempt(line.at(), acls, Hook.ANYWHERE, context -> {
                var tools = new ActionTools(scene.expressions(), formats, context, resources);
                parser.add(line.keyword(), LineWords.of(line.words()), tools);
                return parser;
            });
        }
        return parser.build();
    }

    /**
     * {@code use_backend}.
     *
     * @param named finds what a static name stands for; it exists, by the checks
     */
    public <T> SwitchingRules<T> useBackends(Function<String, T> named) {
        var parser = new SwitchingRules.Parser<T>(formats, new ConditionParser(acls));
        for (var line : proxy.frontend().useBackends()) {
            add(parser, line.at(), line.target(), line.condition(), "backend", named);
        }
        return parser.build();
    }

    /**
     * {@code use-server}.
     *
     * @param named finds what a static name stands for; it exists, by the checks
     */
    public <T> SwitchingRules<T> useServers(Function<String, T> named) {
        var parser = new SwitchingRules.Parser<T>(formats, new ConditionParser(acls));
        for (var line : proxy.backend().useServers()) {
            add(parser, line.at(), line.target(), line.condition(), "server", named);
        }
        return parser.build();
    }

    /** {@code stick} rules. */
    public StickRules stickRules() {
        var parser = new StickRules.Parser(scene.expressions(), new ConditionParser(acls));
        for (var line : proxy.backend().stickLines()) {
            boolean isOfResponse = line.kind() == StickLine.Kind.STORE_RESPONSE;
            boolean matches = line.kind() == StickLine.Kind.ON || line.kind() == StickLine.Kind.MATCH;
            boolean stores = line.kind() != StickLine.Kind.MATCH;
            attempt(line.at(), acls, isOfResponse ? Hook.RESPONSE : Hook.REQUEST, context -> {
                parser.add(matches, stores, isOfResponse, LineWords.of(line.words()), context);
                return parser;
            });
        }
        return parser.build();
    }

    /** {@code force-persist} and {@code ignore-persist}. */
    public PersistRules persistRules() {
        var conditions = new ConditionParser(acls);
        var rules = new PersistRules.Builder();
        for (var line : proxy.backend().persistence().rules()) {
            var effect = line.isForce() ? PersistRules.Effect.FORCED : PersistRules.Effect.IGNORED;
            attempt(line.at(), acls, Hook.REQUEST, context -> {
                String owner = line.isForce() ? "a 'force-persist' rule" : "a 'ignore-persist' rule";
                rules.add(effect, conditions.parseOptional(owner, LineWords.of(line.condition()), context));
                return rules;
            });
        }
        return rules.build();
    }

    private <T> void add(
            SwitchingRules.Parser<T> parser,
            Position at,
            String target,
            List<String> condition,
            String kind,
            Function<String, T> named) {
        List<String> words = new ArrayList<>(condition);
        words.add(0, target);
        attempt(at, acls, Hook.REQUEST, context -> {
            parser.add(LineWords.of(words), context, kind, named);
            return parser;
        });
    }

    /** What the line of a session looks like; the default format if nothing is said. */
    private LogFormat logFormat() {
        LogFormatLine line = proxy.log().format();
        boolean isHttp = proxy.mode() == Mode.HTTP;
        if (line == null) {
            return format(proxy.at(), isHttp ? LogFormat.DEFAULT_HTTP : LogFormat.DEFAULT_TCP);
        }
        return switch (line.kind()) {
            case TCPLOG -> format(line.at(), LogFormat.TCP);
            case TCPLOG_CLF -> format(line.at(), LogFormat.TCP_CLF);
            case HTTPLOG -> format(line.at(), isHttp ? LogFormat.HTTP : LogFormat.TCP);
            case HTTPLOG_CLF -> format(line.at(), isHttp ? LogFormat.HTTP_CLF : LogFormat.TCP);
            case HTTPSLOG -> format(line.at(), isHttp ? LogFormat.HTTPS : LogFormat.TCP);
            case CUSTOM -> format(line);
        };
    }

    private LogFormat format(Position at, String text) {
        return format(new LogFormatLine(at, LogFormatLine.Kind.CUSTOM, text));
    }

    /** {@code unique-id-format}, or null; its expressions may look at the request. */
    public LogFormat uniqueId() {
        LogFormatLine line = proxy.frontend().captures().uniqueId();
        return line == null
                ? null
                : attempt(
                        line.at(),
                        acls,
                        Hook.HTTP_REQUEST,
                        context -> formats.parseForId(ByteText.toNative(line.text()), context));
    }

    /** What its lines look like. */
    SessionLog.Formats logFormats(Configuration configuration) {
        return new SessionLog.Formats(
                logFormat(),
                format(proxy.log().errorFormat()),
                format(proxy.log().structuredData()),
                LogProfileCompiler.compile(configuration, proxy.log().lines(), this::format));
    }

    private LogFormat format(LogFormatLine line) {
        return line == null
                ? null
                : attempt(line.at(), acls, Hook.LOG, context -> formats.parse(ByteText.toNative(line.text()), context));
    }

    /**
     * Where the proxy logs to.
     *
     * @param sendsHostName {@code log-send-hostname} is set
     */
    public List<LogTarget> logTargets(boolean sendsHostName) {
        List<LogTarget> targets = new ArrayList<>();
        for (LogLine line : proxy.log().lines()) {
            LogTarget target = attempt(
                    line.at(),
                    acls,
                    Hook.LOG,
                    context -> LogTargetParser.parse(LineWords.of(line.words()), sendsHostName));
            if (target != null) {
                targets.add(target);
            }
        }
        return targets;
    }

    /** What checks of the backend's servers do. */
    public CheckScript checkScript(AddressResolver resolver) {
        return new CheckCompiler(scene, formats, resolver)
                .compile(proxy.backend().check(), at -> context(at, Hook.CHECK));
    }

    /** Of a line of the section, with its ACLs. */
    LineContext context(Position at, Hook hook) {
        return new LineContext(scene, frontend, backend, acls, at, hook);
    }

    /** What the PROXY headers of the backend's servers carry, by the servers' names. */
    void proxyFields(Map<String, ProxyFields> into) {
        new ProxyFieldCompiler(scene, this)
                .compile(proxy.name(), proxy.backend().servers(), into);
    }

    /** What the backend's balancing looks at. */
    public BalanceKey balanceKey() {
        return new BalanceKeyCompiler(this).compile(proxy);
    }

    void warning(Position at, String message) {
        scene.problems().warning(at, message);
    }

    /** An expression for any place; null, after a complaint, if the words are none. */
    Expression expression(Position at, List<String> text, Hook hook) {
        return attempt(at, acls, hook, context -> {
            var words = LineWords.of(text);
            var expression = scene.expressions().parse(words, context);
            if (words.hasNext()) {
                throw new ParseProblem("cannot handle unexpected argument '%s'.", words.peek());
            }
            return expression;
        });
    }

    /** {@code monitor fail}, in order. */
    List<Condition> monitorFailures() {
        var conditions = new ConditionParser(acls);
        return proxy.http().monitor().failures().stream()
                .map(line -> attempt(
                        line.at(),
                        acls,
                        Hook.HTTP_REQUEST,
                        context -> conditions.parseOptional(
                                "a 'monitor fail' condition", LineWords.of(line.condition()), context)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** What fails is reported; the answer is then null. */
    private <T> T attempt(Position at, AclBook book, Hook hook, Step<T> step) {
        try {
            return step.run(new LineContext(scene, frontend, backend, book, at, hook));
        } catch (ParseProblem problem) {
            scene.problems().alert(at, ByteText.fromNative(problem.getMessage()));
            return null;
        }
    }

    private interface Step<T> {
        T run(LineContext context) throws ParseProblem;
    }
}
