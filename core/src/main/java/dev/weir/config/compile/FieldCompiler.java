package dev.weir.config.compile;

import dev.weir.config.model.AddressFieldLine;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.ForwardedLine;
import dev.weir.protocol.http.FieldName;
import dev.weir.proxy.field.AddressField;
import dev.weir.proxy.field.ForwardedField;
import dev.weir.proxy.field.ForwardedNode;
import dev.weir.sample.Expression;
import dev.weir.sample.Network;

/** Header fields that the proxy adds to requests. */
final class FieldCompiler {
    private FieldCompiler() {}

    /** Null for none. */
    static FieldName name(String name) {
        return name.isEmpty() ? null : FieldName.of(ByteText.toNative(name));
    }

    /** Null for none. */
    static AddressField address(AddressFieldLine line) {
        if (line == null) {
            return null;
        }
        Network except = line.except().isEmpty() ? null : Network.parse(line.except());
        return new AddressField(name(line.header()), except, line.isIfNone());
    }

    /** Null for none. */
    static ForwardedField forwarded(ForwardedLine line, ProxyCompiler compiler) {
        if (line == null) {
            return null;
        }
        return new ForwardedField(
                line.tellsProtocol(),
                line.host() != null,
                expression(line, line.host(), compiler),
                node(line, line.by(), line.byPort(), compiler),
                node(line, line.forNode(), line.forPort(), compiler));
    }

    private static ForwardedNode node(ForwardedLine line, String name, String port, ProxyCompiler compiler) {
        return name == null
                ? null
                : new ForwardedNode(expression(line, name, compiler), port != null, expression(line, port, compiler));
    }

    /** Null for what the connection or the request says. */
    private static Expression expression(ForwardedLine line, String text, ProxyCompiler compiler) {
        return text == null || text.isEmpty() ? null : compiler.requestExpression(line.at(), text);
    }
}
