package dev.weir.config.compile;

import dev.weir.acl.AclBook;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.LogFormatLine;
import dev.weir.config.model.LogLine;
import dev.weir.config.model.LogProfileSection;
import dev.weir.config.model.ProxySection;
import dev.weir.log.LogFormat;
import dev.weir.log.LogFormatParser;
import dev.weir.log.LogProfile;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.stream.LogOrigin;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes the log profiles that one proxy's {@code log} lines name, and looks at the others. */
final class LogProfileCompiler {
    private LogProfileCompiler() {}

    /** @param formats compiles a format among the proxy's lines; null for null */
    static Map<String, LogProfile> compile(
            Configuration configuration, List<LogLine> lines, Function<LogFormatLine, LogFormat> formats) {
        Map<String, LogProfile> profiles = new HashMap<>();
        for (LogLine line : lines) {
            LogProfileSection section = configuration.logProfile(line.profile());
            if (section != null && !profiles.containsKey(section.name())) {
                profiles.put(section.name(), profile(section, formats));
            }
        }
        return profiles;
    }

    /** Compiles the profiles that none of the proxies names, and throws them away: they may be wrong, too. */
    static void checkUnused(Configuration configuration, List<ProxySection> proxies, Scene scene) {
        Set<String> used = new HashSet<>();
        proxies.forEach(proxy -> proxy.log().lines().forEach(line -> used.add(line.profile())));
        var parser = new LogFormatParser(scene.expressions());
        for (LogProfileSection section : configuration.logProfiles()) {
            if (!used.contains(section.name())) {
                profile(section, line -> line == null ? null : format(parser, line, scene));
            }
        }
    }

    /** What fails is reported; the answer is then null. */
    private static LogFormat format(LogFormatParser parser, LogFormatLine line, Scene scene) {
        try {
            var acls = new AclBook(scene.expressions());
            return parser.parse(
                    ByteText.toNative(line.text()), new LineContext(scene, null, null, acls, line.at(), Hook.LOG));
        } catch (ParseProblem problem) {
            scene.problems().alert(line.at(), ByteText.fromNative(problem.getMessage()));
            return null;
        }
    }

    private static LogProfile profile(LogProfileSection section, Function<LogFormatLine, LogFormat> formats) {
        Map<LogOrigin, LogProfile.Step> steps = new EnumMap<>(LogOrigin.class);
        LogProfile.Step otherwise = null;
        for (var line : section.steps()) {
            var step = new LogProfile.Step(
                    line.isDropped(), formats.apply(line.format()), formats.apply(line.structuredData()));
            if (line.origin() == null) {
                otherwise = step;
            } else {
                steps.put(line.origin(), step);
            }
        }
        return new LogProfile(section.tag(), steps, otherwise);
    }
}
