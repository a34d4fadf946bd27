package dev.weir.config.compile;

import dev.weir.config.model.ByteText;
import dev.weir.config.model.ProxyProtocol;
import dev.weir.config.model.ServerLine;
import dev.weir.log.LogFormatParser;
import dev.weir.rule.FormattedText;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.server.ProxyFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code set-proxy-v2-tlv-fmt} of one backend's servers. */
final class ProxyFieldCompiler {
    private final Scene scene;
    private final ProxyCompiler proxy;
    private final LogFormatParser formats;

    ProxyFieldCompiler(Scene scene, ProxyCompiler proxy) {
        this.scene = scene;
        this.proxy = proxy;
        this.formats = new LogFormatParser(scene.expressions());
    }

    /** Those of all servers; what cannot be compiled is reported. */
    void compile(String backend, List<ServerLine> servers, Map<String, ProxyFields> into) {
        for (ServerLine server : servers) {
            try {
                put(server, into);
            } catch (ParseProblem problem) {
                scene.problems()
                        .alert(
                                server.at(),
                                "'server " + backend + "/" + server.name() + "' : "
                                        + ByteText.fromNative(problem.getMessage()));
            }
        }
    }

    /** Those of one server; nothing is left of another of its name. */
    void put(ServerLine server, Map<String, ProxyFields> into) throws ParseProblem {
        var header = server.sendProxy();
        ProxyFields fields = compile(server, header);
        if (header.version() == 2 && !header.fields().isEmpty()) {
            into.put(server.name(), fields);
        } else {
            into.remove(server.name());
        }
    }

    private ProxyFields compile(ServerLine server, ProxyProtocol header) throws ParseProblem {
        var context = proxy.context(server.at(), Hook.SERVER_CONNECTION);
        List<ProxyFields.Field> fields = new ArrayList<>();
        for (var field : header.fields()) {
            var value = FormattedText.parse(ByteText.toNative(field.format()), formats, context);
            fields.add(new ProxyFields.Field(field.type(), value));
        }
        return new ProxyFields(List.copyOf(fields));
    }
}
