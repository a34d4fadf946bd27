package dev.weir.server.check.script;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.sample.Expression;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.Words;

/** Reads what stands behind {@code connect}. Used once. */
final class ConnectParser {
    private static final int PORT_MAX = 65535;

    private final CheckTools tools;
    private final boolean isHttp;
    private String comment;
    private Endpoint address;
    private int port;
    private Expression portExpression;
    private boolean sendsProxy;
    private boolean usesServerOptions;
    private boolean lingers;

    ConnectParser(CheckTools tools, boolean isHttp) {
        this.tools = tools;
        this.isHttp = isHttp;
    }

    ConnectStep parse(int number, Words words) throws ParseProblem {
        while (words.hasNext()) {
            option(words.next(), words);
        }
        return new ConnectStep(
                number, comment, address, port, portExpression, sendsProxy, usesServerOptions, lingers, false);
    }

    private void option(String option, Words words) throws ParseProblem {
        switch (option) {
            case "default" -> usesServerOptions = true;
            case "send-proxy" -> sendsProxy = true;
            case "linger" -> lingers = true;
            case "comment" -> comment = StepParser.argument("comment", "a string", words);
            case "port" -> port(StepParser.argument("port", "a port number or a sample expression", words));
            case "addr" -> address = tools.addresses().parse(StepParser.argument("addr", "<ipv4|ipv6>", words));
            case "proto" -> protocol(StepParser.argument("proto", "a protocol", words));
            case "ssl", "sni", "alpn", "via-socks4" ->
                throw new ParseProblem("'%s' is not supported by this version of Weir", option);
            default ->
                throw new ParseProblem(
                        "expects 'comment', 'port', 'addr', 'send-proxy', 'linger', 'default' but got '%s' as argument",
                        option);
        }
    }

    private void port(String text) throws ParseProblem {
        if (tools.expressions().startsWithFetch(text)) {
            portExpression = tools.expression(text, "port");
            return;
        }
        long number = Quantity.integer(text);
        if (number < 0) {
            portExpression = tools.expression(text, "port");
        } else if (number == 0 || number > PORT_MAX) {
            throw new ParseProblem(
                    "expects a valid TCP port (from range 1 to 65535) or a sample expression, got %s", text);
        } else {
            port = (int) number;
        }
    }

    private void protocol(String name) throws ParseProblem {
        if (!isHttp) {
            throw new ParseProblem("'proto' : invalid MUX protocol '%s' for tcp-check", name);
        }
        if (!name.equals("h1")) {
            throw new ParseProblem("'proto' : '%s' is not supported by this version of Weir", name);
        }
    }
}
