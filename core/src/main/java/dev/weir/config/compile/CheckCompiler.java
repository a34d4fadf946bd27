package dev.weir.config.compile;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.config.check.AddressResolver;
import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.HealthCheck;
import dev.weir.config.model.HealthCheck.CheckLine;
import dev.weir.config.model.Position;
import dev.weir.config.parse.AddressParser;
import dev.weir.config.parse.AddressParser.Ports;
import dev.weir.log.LogFormatParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.server.check.script.CannedScripts;
import dev.weir.server.check.script.CheckScript;
import dev.weir.server.check.script.CheckTools;
import dev.weir.server.check.script.ScriptParser;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/** Makes the script of a backend's checks. A line that cannot be compiled is reported and left out. */
final class CheckCompiler {
    private final Scene scene;
    private final LogFormatParser formats;
    private final AddressResolver resolver;

    CheckCompiler(Scene scene, LogFormatParser formats, AddressResolver resolver) {
        this.scene = scene;
        this.formats = formats;
        this.resolver = resolver;
    }

    CheckScript compile(HealthCheck check, Function<Position, ParseContext> contexts) {
        List<String> arguments = check.arguments();
        return switch (check.kind()) {
            case CONNECT -> CheckScript.CONNECT;
            case TCP -> script(ScriptParser.tcp(), check, contexts);
            case HTTP -> script(ScriptParser.http(check.isGoneMeaningful(), check.sendsState()), check, contexts);
            case LDAP -> CannedScripts.ldap();
            case REDIS -> CannedScripts.redis();
            case SSL_HELLO -> CannedScripts.sslHello();
            case SMTP -> CannedScripts.smtp(arguments.get(0), arguments.get(1));
            case POSTGRESQL -> CannedScripts.postgresql(arguments.getFirst());
            case MYSQL ->
                arguments.isEmpty()
                        ? CannedScripts.mysql(null, false)
                        : CannedScripts.mysql(arguments.get(0), arguments.get(1).equals("pre-41"));
        };
    }

    private CheckScript script(ScriptParser parser, HealthCheck check, Function<Position, ParseContext> contexts) {
        for (CheckLine line : check.lines()) {
            ParseContext context = contexts.apply(line.at());
            var tools = new CheckTools(scene.expressions(), formats, scene.resources(), context, this::address);
            try {
                if (line.isOption()) {
                    parser.addOption(new Words(line.words()), tools);
                } else {
                    parser.add(new Words(line.words()), tools);
                }
            } catch (ParseProblem problem) {
                scene.problems().alert(line.at(), problem.getMessage());
            }
        }
        return parser.build();
    }

    private Endpoint address(String text) throws ParseProblem {
        var parser = new AddressParser(text, Ports.OPTIONAL, scene.environment());
        AddressSpec address = parser.parse();
        if (address == null) {
            throw new ParseProblem("%s", "'addr' : " + parser.error());
        }
        if (!(address instanceof AddressSpec.Inet inet)) {
            return Endpoints.of(address, null, 0);
        }
        InetAddress resolved = resolver.resolve(inet);
        if (resolved == null) {
            throw new ParseProblem("%s", "'addr' : could not resolve address '" + ByteText.toNative(inet.host()) + "'");
        }
        return new Endpoint.Inet(resolved, inet.port());
    }
}
