package dev.weir.config.compile;

import dev.weir.clock.Clock;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.Environment;
import dev.weir.rule.TcpRuleSet;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.stick.StickTables;
import dev.weir.stream.VariableNames;
import java.util.HashMap;
import java.util.List;

/** Compiles everything that can be compiled without running it, and throws it away: what {@code -c} adds to the checks. */
public final class RuleChecks {
    private RuleChecks() {}

    public static void check(
            Configuration configuration, Environment environment, AddressResolver resolver, Problems problems) {
        var scene = Scene.of(
                configuration,
                new ModelViews(configuration),
                new StickTables(Clock.SYSTEM).trial(SnapshotCompiler.tables(configuration)),
                Services.TRIAL,
                environment,
                new VariableNames(),
                new PatternLists(),
                problems);
        CliCompiler.compile(configuration, List.of(), resolver, problems);
        new VariableCompiler(scene).check(configuration.global().variables());
        LogProfileCompiler.checkUnused(configuration, configuration.proxies(), scene);
        for (var proxy : configuration.proxies()) {
            var compiler = new ProxyCompiler(scene, proxy);
            rules(compiler);
            compiler.logFormats(configuration);
            compiler.logTargets(!configuration.global().log().sendHostname().isEmpty());
            if (proxy.frontend() != null) {
                compiler.uniqueId();
                compiler.monitorFailures();
                CaptureCompiler.compile(proxy.frontend().captures(), 0);
                compiler.useBackends(configuration::backend);
                ListenerCompiler.compile(proxy, configuration.global().tuning(), resolver, problems);
            }
            if (proxy.backend() != null) {
                var backend = proxy.backend();
                compiler.useServers(name -> backend);
                compiler.stickRules();
                compiler.persistRules();
                compiler.balanceKey();
                compiler.checkScript(resolver);
                compiler.proxyFields(new HashMap<>());
                if (proxy.mode() == Mode.HTTP) {
                    FieldCompiler.forwarded(proxy.http().forwarded(), compiler);
                }
            }
        }
    }

    private static void rules(ProxyCompiler compiler) {
        for (var set : TcpRuleSet.values()) {
            compiler.tcpRules(set);
        }
        compiler.httpRuleBook();
    }
}
