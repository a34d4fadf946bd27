package dev.weir.config.compile;

import dev.weir.config.model.Configuration;
import dev.weir.config.model.Problems;
import dev.weir.config.parse.Environment;
import dev.weir.rule.RuleResources;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.SampleNames;
import dev.weir.sample.pattern.PatternLists;
import dev.weir.stick.StickTable;
import dev.weir.stream.BackendView;
import dev.weir.stream.FrontendView;
import dev.weir.stream.VariableNames;
import dev.weir.userlist.UserList;
import java.util.Map;
import java.util.function.Function;

/**
 * What the rules of all proxies of one configuration share while they are compiled.
 *
 * @param views finds what rules name
 * @param services what answers inside the process
 * @param node {@code node} of the global section, empty without one
 * @param resources what rules refer to by name
 * @param userLists by name
 * @param tables stick tables by name
 * @param stickCounters {@code tune.stick-counters}
 * @param variables of the process: they outlive a configuration
 */
public record Scene(
        Views views,
        Function<String, StickTable> tables,
        int stickCounters,
        Environment environment,
        VariableNames variables,
        PatternLists patterns,
        ExpressionParser expressions,
        RuleResources resources,
        Map<String, UserList> userLists,
        Services services,
        String node,
        Problems problems) {

    /** The scene of a configuration, with what its proxies share. */
    public static Scene of(
            Configuration configuration,
            Views views,
            Function<String, StickTable> tables,
            Services services,
            Environment environment,
            VariableNames variables,
            PatternLists patterns,
            Problems problems) {
        var errors = new HttpErrors(configuration, services);
        var expressions = new ExpressionParser(SampleNames.standard());
        var scene = new Scene(
                views,
                tables,
                configuration.global().tuning().stickCounters(),
                environment,
                variables,
                patterns,
                expressions,
                errors,
                UserListCompiler.compile(configuration),
                services,
                configuration.global().process().node(),
                problems);
        errors.load(configuration, scene);
        return scene;
    }

    /** Finds frontends and backends by name; null if there is none. */
    public interface Views {
        FrontendView frontend(String name);

        BackendView backend(String name);

        /** A line of this frontend, or of a backend if that is null, wants the request line kept. */
        default void wantRequestLine(FrontendView frontend) {}
    }
}
