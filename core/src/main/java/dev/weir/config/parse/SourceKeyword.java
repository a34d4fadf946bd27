package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec.Inet;
import dev.weir.config.model.SourceAddress;
import dev.weir.config.parse.AddressParser.Ports;

/** {@code source <addr>[:<port>[-<port>]] [interface <name>]}, of a backend or a server. */
final class SourceKeyword {
    private SourceKeyword() {}

    /** The line stands behind {@code source}; null after a complaint. */
    static SourceAddress parse(Environment environment, Line line) {
        String text = line.next();
        if (text.isEmpty()) {
            line.alertSubject("expects <addr>[:<port>[-<port>]], and optionally 'interface' <name> as argument.");
            return null;
        }
        var parser = new AddressParser(text, Ports.OF_SOURCE, environment);
        Inet address = parser.parseInet();
        if (address == null) {
            line.alertSubject(": " + parser.error());
        }
        String device = "";
        while (line.peek().equals("interface") || line.peek().equals("usesrc")) {
            if (line.next().equals("usesrc")) {
                line.alert("'usesrc' is a HAProxy keyword that this version of Weir does not support ("
                        + Topic.NETWORK.description() + ")");
                line.next();
            } else {
                device = line.argument("an interface name");
            }
        }
        return address == null ? null : new SourceAddress(line.at(), address, device);
    }
}
