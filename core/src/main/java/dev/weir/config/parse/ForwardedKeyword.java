package dev.weir.config.parse;

import dev.weir.config.model.ForwardedLine;

/** {@code option forwarded ...}; the line stands behind the option's name. */
final class ForwardedKeyword {
    private static final String OF_THE_CONNECTION = "";

    private final Line line;
    private boolean tellsProtocol;
    private String host;
    private String by;
    private String byPort;
    private String forNode;
    private String forPort;

    ForwardedKeyword(Line line) {
        this.line = line;
    }

    /** Null after a complaint. */
    ForwardedLine parse() {
        if (!line.hasNext()) {
            tellsProtocol = true;
            forNode = OF_THE_CONNECTION;
        }
        int alerts = line.problems().alerts();
        while (line.hasNext()) {
            part(line.next());
        }
        if (by == null && byPort != null) {
            byPort = ignored("by");
        }
        if (forNode == null && forPort != null) {
            forPort = ignored("for");
        }
        boolean isGood = alerts == line.problems().alerts();
        return isGood ? new ForwardedLine(line.at(), tellsProtocol, host, by, byPort, forNode, forPort) : null;
    }

    private void part(String word) {
        switch (word) {
            case "proto" -> tellsProtocol = true;
            case "host" -> host = OF_THE_CONNECTION;
            case "host-expr" -> host = expression(word);
            case "by" -> by = OF_THE_CONNECTION;
            case "by-expr" -> by = expression(word);
            case "by_port" -> byPort = OF_THE_CONNECTION;
            case "by_port-expr" -> byPort = expression(word);
            case "for" -> forNode = OF_THE_CONNECTION;
            case "for-expr" -> forNode = expression(word);
            case "for_port" -> forPort = OF_THE_CONNECTION;
            case "for_port-expr" -> forPort = expression(word);
            default -> {
                line.alertSubject(
                        "only supports optional values: 'proto', 'host', 'host-expr', 'by', 'by-expr', 'by_port',"
                                + " 'by_port-expr', 'for', 'for-expr', 'for_port' and 'for_port-expr'.");
                line.rest();
            }
        }
    }

    private String expression(String word) {
        String text = line.next();
        if (text.isEmpty()) {
            line.alert("'" + word + "' expects <expr> as argument.");
        }
        return text;
    }

    private String ignored(String node) {
        line.warning("'" + line.subject() + "' : the port of '" + node + "' will be ignored because both '" + node
                + "' and '" + node + "-expr' are unset");
        return null;
    }
}
