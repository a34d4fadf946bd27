package dev.weir.config.parse;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Position;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxyKind;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.RuleSet;
import dev.weir.config.parse.Keyword.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes lines as the preprocessor lets them through, opens sections, and hands the other lines to the open one. Single-threaded. */
final class Sections {
    private enum Open {
        NONE,
        GLOBAL,
        PROXY,
        HTTP_ERRORS,
        USER_LIST,
        RESOLVERS,
        LOG_PROFILE,
        /** One that is not supported, or has no name: its lines are passed over. */
        SKIPPED
    }

    private final KeywordTable<Void> sectionKeywords = SectionKeywords.table();
    private final GlobalKeywords globalKeywords = new GlobalKeywords();
    private final ProxyKeywords proxyKeywords = new ProxyKeywords();
    private final HttpErrorsKeywords httpErrors = new HttpErrorsKeywords();
    private final UserListKeywords userLists = new UserListKeywords();
    private final ResolversKeywords resolvers = new ResolversKeywords();
    private final LogProfileKeywords logProfiles = new LogProfileKeywords();
    private final GlobalDraft global;
    private final List<ProxyDraft> proxies = new ArrayList<>();
    private final Map<String, ProxyDraft> namedDefaults = new HashMap<>();
    private ProxyDraft lastDefaults;
    private ProxyDraft proxy;
    private Open open = Open.NONE;

    Sections(Environment environment) {
        global = new GlobalDraft(environment);
    }

    /** A file ends every section. */
    void beginFile(String name) {
        open = Open.NONE;
        global.defaultPath.beginFile(name);
    }

    /** Where relative names of files in the next line begin. */
    Path folder() {
        return global.defaultPath.folder();
    }

    /** One line that has words. The answer is the name of a section that it opens, else null. */
    String accept(Line line) {
        String word = line.word(0);
        var section = sectionKeywords.find(word);
        if (section == null) {
            content(line);
            return null;
        }
        line.moveTo(1);
        String name = line.peek();
        open(section, line);
        return name.isEmpty() ? word : name;
    }

    private void content(Line line) {
        switch (open) {
            case GLOBAL -> globalKeywords.parse(global, line);
            case PROXY -> proxyKeywords.parse(proxy, line);
            case HTTP_ERRORS -> httpErrors.parse(line);
            case USER_LIST -> userLists.parse(line);
            case RESOLVERS -> resolvers.parse(line);
            case LOG_PROFILE -> logProfiles.parse(line);
            case SKIPPED -> {}
            case NONE -> {
                var hint = sectionKeywords.nearest(line.word(0)).hint();
                line.alert("unknown keyword '" + line.word(0) + "' out of section" + (hint.isEmpty() ? "." : hint));
            }
        }
    }

    private void open(Keyword<Void> section, Line line) {
        if (section.state() != State.SUPPORTED) {
            open = Open.SKIPPED;
            sectionKeywords.apply(section, null, line, section.name());
            return;
        }
        switch (section.name()) {
            case "global" -> openGlobal(line);
            case "defaults" -> openDefaults(line);
            case "frontend" -> openProxy(ProxyKind.FRONTEND, line);
            case "backend" -> openProxy(ProxyKind.BACKEND, line);
            case "http-errors" -> open = httpErrors.open(line) ? Open.HTTP_ERRORS : Open.SKIPPED;
            case "log-profile" -> open = logProfiles.open(line) ? Open.LOG_PROFILE : Open.SKIPPED;
            case "resolvers" -> open = resolvers.open(global.environment, line) ? Open.RESOLVERS : Open.SKIPPED;
            case "userlist" -> open = userLists.open(line) ? Open.USER_LIST : Open.SKIPPED;
            default -> openProxy(ProxyKind.LISTEN, line);
        }
    }

    private void openGlobal(Line line) {
        open = Open.GLOBAL;
        if (global.at == Position.NONE) {
            global.at = line.at();
        }
        if (!global.isFirst) {
            line.problems()
                    .diag(
                            line.at(),
                            "global section detected after a non-global one, the prevalence of their statements is"
                                    + " unspecified");
        }
        line.subject("global");
        line.end();
    }

    private void openDefaults(Line line) {
        global.isFirst = false;
        String name = line.peek().equals("from") && line.count() == 3 ? "" : line.next();
        ProxyDraft parent = line.accept("from") ? named(line.next(), "defaults", name, line) : null;
        if (parent != null && parent.hasRules()) {
            line.alert(
                    "a defaults section cannot inherit from a defaults section defining TCP/HTTP rules (defaults section at "
                            + parent.at.file() + ":" + parent.at.line() + ").");
        }
        proxy = new ProxyDraft(line.at(), ProxyKind.DEFAULTS, name, global, parent);
        lastDefaults = proxy;
        if (!name.isEmpty()) {
            namedDefaults.put(name, proxy);
        }
        open = Open.PROXY;
        line.subject("defaults");
        line.end();
    }

    private void openProxy(ProxyKind kind, Line line) {
        global.isFirst = false;
        String name = line.next();
        if (name.isEmpty()) {
            line.alert("'" + kind.keyword() + "' expects an <id> argument");
            open = Open.SKIPPED;
            return;
        }
        checkName(kind.keyword(), name, line);
        ProxyDraft defaults = line.accept("from") ? named(line.next(), kind.keyword(), name, line) : lastDefaults;
        proxy = new ProxyDraft(line.at(), kind, name, global, defaults);
        proxies.add(proxy);
        open = Open.PROXY;
        if (line.hasNext()) {
            line.alert("'" + kind.keyword() + "' cannot handle unexpected argument '" + line.peek()
                    + "'; please use the 'bind' keyword for listening addresses.");
        }
        if (defaults != null && defaults.hasRules()) {
            checkInheritance(defaults, line);
        }
    }

    private ProxyDraft named(String wanted, String keyword, String name, Line line) {
        var found = namedDefaults.get(wanted);
        if (found == null) {
            var nearest = new Nearest(wanted);
            namedDefaults.keySet().forEach(nearest::offer);
            line.alert(
                    "defaults section '" + wanted + "' not found for " + keyword + " '" + name + "'." + nearest.hint());
        }
        return found;
    }

    static void checkName(String keyword, String name, Line line) {
        char offender = Names.offender(name);
        if (offender != 0) {
            line.alert("character '" + offender + "' is not permitted in '" + keyword + "' name '" + name + "'.");
        }
    }

    private void checkInheritance(ProxyDraft defaults, Line line) {
        String place = " (defaults section at " + defaults.at.file() + ":" + defaults.at.line() + ").";
        if (proxy.kind == ProxyKind.LISTEN) {
            line.alert("a listen section cannot inherit from a defaults section defining TCP/HTTP rules.");
            return;
        }
        boolean isFrontend = proxy.kind == ProxyKind.FRONTEND;
        for (var other : proxies) {
            if (other.defaults == defaults && other.kind.hasFrontend() != isFrontend) {
                line.alert(
                        "frontends and backends cannot inherit from the same defaults section if it defines TCP/HTTP rules"
                                + place);
                return;
            }
        }
        for (var rule : defaults.rules) {
            if (!isFrontend
                    && (rule.set() == RuleSet.TCP_REQUEST_CONNECTION || rule.set() == RuleSet.TCP_REQUEST_SESSION)) {
                line.alert(
                        "a backend section cannot inherit from a defaults section defining 'tcp-request connection' or"
                                + " 'tcp-request session' rules" + place);
                return;
            }
            if (isFrontend && rule.set() == RuleSet.TCP_RESPONSE_CONTENT) {
                line.alert(
                        "a frontend section cannot inherit from a defaults section defining 'tcp-response content' rules"
                                + place);
                return;
            }
        }
    }

    GlobalDraft global() {
        return global;
    }

    /** Everything that was read, with ids assigned: the next free one, counting every proxy and, as HAProxy, that of the runtime API. */
    Configuration build(Problems problems) {
        Set<Integer> taken = new HashSet<>();
        for (var draft : proxies) {
            taken.add(draft.id);
        }
        List<ProxySection> sections = new ArrayList<>(proxies.size());
        int next = global.statsSockets.isEmpty() ? 1 : 2;
        for (var draft : proxies) {
            if (draft.id == 0) {
                while (taken.contains(next)) {
                    next++;
                }
                draft.id = next;
                taken.add(next);
            }
            next++;
            fallBackToTcpLog(draft, problems);
            CheckKeywords.review(draft, problems);
            sections.add(draft.build());
        }
        return new Configuration(
                global.build(),
                List.copyOf(sections),
                httpErrors.build(),
                userLists.build(),
                resolvers.build(global.environment, problems),
                logProfiles.build());
    }

    /** {@code option httplog} may come from defaults that serve both modes, so only now it is known what it means. */
    private static void fallBackToTcpLog(ProxyDraft draft, Problems problems) {
        if (draft.mode == Mode.TCP && !draft.httpLogOption.isEmpty() && draft.kind.hasFrontend()) {
            problems.warning(
                    draft.logFormat.at(),
                    "'" + draft.httpLogOption + "' not usable with " + draft.title()
                            + " (needs 'mode http'). Falling back to 'option tcplog'.");
        }
    }
}
