package dev.weir.config.compile;

import dev.weir.config.model.AddressFieldLine;
import dev.weir.config.model.ByteText;
import dev.weir.config.model.ForwardedLine;
import dev.weir.protocol.http.FieldName;
import dev.weir.proxy.field.AddressField;
import dev.weir.proxy.field.ForwardedField;
import dev.weir.proxy.field.ForwardedNode;
import dev.weir.sample.Expression;
import dev.weir.sample.Hook;
import dev.weir.sample.Network;
import java.util.List;

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

    /** Null for what the connection or the request says, and after a complaint. */
    private static Expression expression(ForwardedLine line, String text, ProxyCompiler compiler) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        Expression expression = compiler.expression(line.at(), List.of(text), Hook.ANYWHERE);
        if (expression != null && !expression.fetch().availability().at(Hook.HTTP_REQUEST)) {
            compiler.warning(
                    line.at(),
                    "in 'option forwarded' sample expression '" + text + "' : some args extract information from '"
                            + expression.fetch().availability().source() + "', none of which is available here.");
        }
        return expression;
    }
}
