package dev.weir.config.parse;

import dev.weir.config.model.Guid;
import dev.weir.config.parse.AddressParser.Ports;
import dev.weir.sample.Quantity;

/** {@code server}, {@code default-server} and {@code server-template} lines; the line stands behind the keyword. */
final class ServerKeyword {
    private static final int TEMPLATE_MAX = 65_536;

    private ServerKeyword() {}

    static void server(KeywordTable<ServerDraft> table, ProxyDraft proxy, Line line) {
        String name = line.next();
        String address = line.next();
        if (name.isEmpty() || address.isEmpty()) {
            line.alert("'server' expects <name> and <addr>[:<port>] as arguments.");
            return;
        }
        var server = new ServerDraft(proxy.defaultServer);
        if (begin(server, "server " + proxy.name + "/" + name, name, address, proxy.global.environment, line)) {
            options(table, server, "server " + proxy.name + "/" + name, line);
            add(proxy, server, line);
        }
        line.rest();
    }

    static void defaultServer(KeywordTable<ServerDraft> table, ProxyDraft proxy, Line line) {
        proxy.defaultServer.environment = proxy.global.environment;
        proxy.defaultServer.name = "default-server";
        options(table, proxy.defaultServer, "default-server", line);
        proxy.defaultServer.id = 0;
        if (proxy.defaultServer.guid.isGiven()) {
            line.warning("'guid' option is not accepted in default-server sections; it is ignored.");
            proxy.defaultServer.guid = Guid.NONE;
        }
    }

    static void template(KeywordTable<ServerDraft> table, ProxyDraft proxy, Line line) {
        String prefix = line.next();
        String numbers = line.next();
        String address = line.next();
        String subject = "server-template " + proxy.name + "/" + prefix;
        if (address.isEmpty()) {
            line.alert("'server-template' expects <prefix> <nb | range> <addr>[:<port>] as arguments.");
            return;
        }
        int dash = numbers.indexOf('-');
        long first = dash < 0 ? 1 : Quantity.integer(numbers.substring(0, dash));
        long last = Quantity.integer(numbers.substring(dash + 1));
        if (first < 0 || last < first || last - first >= TEMPLATE_MAX) {
            line.alert("Wrong server-template number or range arg '" + numbers + "'.");
            line.rest();
            return;
        }
        var model = new ServerDraft(proxy.defaultServer);
        if (begin(model, subject, prefix, address, proxy.global.environment, line)) {
            options(table, model, subject, line);
            for (long number = first; number <= last; number++) {
                var server = model.numbered(prefix, (int) number);
                server.id = number == first ? model.id : 0;
                server.guid = number == first ? model.guid : Guid.NONE;
                add(proxy, server, line);
            }
        }
        line.rest();
    }

    static boolean begin(
            ServerDraft server, String subject, String name, String address, Environment environment, Line line) {
        server.at = line.at();
        server.name = name;
        server.environment = environment;
        char offender = Names.offender(name);
        if (offender != 0) {
            line.alert(
                    "'" + subject + "' : character '" + offender + "' is not permitted in server name '" + name + "'.");
            return false;
        }
        var parser = new AddressParser(address, Ports.OF_SERVER, server.environment);
        server.address = parser.parse();
        if (server.address == null) {
            line.alert("'" + subject + "' : " + parser.error());
            return false;
        }
        return true;
    }

    private static void options(KeywordTable<ServerDraft> table, ServerDraft server, String subject, Line line) {
        while (line.hasNext()) {
            var keyword = table.take(line);
            if (keyword == null) {
                line.alert("'" + subject + "' : unknown keyword '" + line.peek() + "'" + table.hint(line.peek()));
                line.rest();
                return;
            }
            table.apply(keyword, server, line, subject + "' : '" + keyword.name());
        }
    }

    private static void add(ProxyDraft proxy, ServerDraft server, Line line) {
        for (int i = 0; server.id != 0 && i < proxy.servers.size(); i++) {
            var other = proxy.servers.get(i);
            if (other.id == server.id) {
                line.alert("'server " + proxy.name + "/" + server.name + "' : 'id' : custom id " + server.id
                        + " already used at " + other.at.file() + ":" + other.at.line() + " ('server " + other.name
                        + "').");
            }
        }
        proxy.servers.add(server);
    }
}
