package dev.weir.config.compile;

import dev.weir.acl.AclBook;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.Configuration;
import dev.weir.config.model.HttpErrorsSection;
import dev.weir.log.LogFormatParser;
import dev.weir.rule.ActionTools;
import dev.weir.rule.NameResolver;
import dev.weir.rule.RuleResources;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.ErrorReplyParser;
import dev.weir.rule.service.Service;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import java.util.HashMap;
import java.util.Map;

/** The {@code http-errors} sections of a configuration and the bounds of replies: what rules of all proxies refer to. */
final class HttpErrors implements RuleResources {
    private final Map<String, ErrorReplies> sections = new HashMap<>();
    private final int bufferBytes;
    private final Services services;
    private final Configuration configuration;

    HttpErrors(Configuration configuration, Services services) {
        this.services = services;
        this.configuration = configuration;
        int tuned = configuration.global().tuning().bufferBytes();
        bufferBytes = tuned == 0 ? DEFAULT_BUFFER_BYTES : tuned;
    }

    /** Reads the files; what is wrong with them is reported. */
    void load(Configuration configuration, Scene scene) {
        for (var section : configuration.httpErrors()) {
            sections.put(ByteText.toNative(section.name()), load(section, scene));
        }
    }

    private ErrorReplies load(HttpErrorsSection section, Scene scene) {
        var parser = new ErrorReplyParser();
        var acls = new AclBook(scene.expressions());
        var formats = new LogFormatParser(scene.expressions());
        for (var line : section.lines()) {
            var context = new LineContext(scene, null, null, acls, line.at(), Hook.ANYWHERE);
            try {
                parser.add(
                        line.keyword(),
                        LineWords.of(line.words()),
                        new ActionTools(scene.expressions(), formats, context, this));
            } catch (ParseProblem problem) {
                scene.problems().alert(line.at(), ByteText.fromNative(problem.getMessage()));
            }
        }
        return parser.build();
    }

    @Override
    public ErrorReplies errorSection(String name) {
        return sections.get(name);
    }

    @Override
    public Service service(String name) {
        return services.named(name);
    }

    @Override
    public NameResolver resolver(String section) {
        boolean isKnown = configuration.resolvers(ByteText.fromNative(section)) != null;
        return isKnown ? services.resolver(section) : null;
    }

    @Override
    public int bufferBytes() {
        return bufferBytes;
    }
}
