package dev.weir.acl;

import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The named ACLs of one section, the predefined ones among them. Filled while the section is parsed; the ACLs in it are then
 * shared by all loops.
 */
public final class AclBook {
    private static final Map<String, List<String>> PREDEFINED = Map.ofEntries(
            Map.entry("TRUE", List.of("always_true")),
            Map.entry("FALSE", List.of("always_false")),
            Map.entry("LOCALHOST", List.of("src", "127.0.0.1/8", "::1")),
            Map.entry("HTTP", List.of("req.proto_http")),
            Map.entry("HTTP_1.0", List.of("req.ver", "1.0")),
            Map.entry("HTTP_1.1", List.of("req.ver", "1.1")),
            Map.entry("HTTP_2.0", List.of("req.ver", "2.0")),
            Map.entry("HTTP_3.0", List.of("req.ver", "3.0")),
            Map.entry("HTTP_CONTENT", List.of("req.hdr_val(content-length)", "gt", "0")),
            Map.entry("HTTP_URL_ABS", List.of("url_reg", "^[^/:]*://")),
            Map.entry("HTTP_URL_SLASH", List.of("url_beg", "/")),
            Map.entry("HTTP_URL_STAR", List.of("url", "*")),
            Map.entry("METH_CONNECT", List.of("method", "CONNECT")),
            Map.entry("METH_DELETE", List.of("method", "DELETE")),
            Map.entry("METH_GET", List.of("method", "GET", "HEAD")),
            Map.entry("METH_HEAD", List.of("method", "HEAD")),
            Map.entry("METH_OPTIONS", List.of("method", "OPTIONS")),
            Map.entry("METH_POST", List.of("method", "POST")),
            Map.entry("METH_PUT", List.of("method", "PUT")),
            Map.entry("METH_TRACE", List.of("method", "TRACE")),
            Map.entry("RDP_COOKIE", List.of("req.rdp_cookie_cnt", "gt", "0")),
            Map.entry("REQ_CONTENT", List.of("req.len", "gt", "0")),
            Map.entry("WAIT_END", List.of("wait_end")));

    private final Map<String, Acl> acls = new HashMap<>();
    private final AclParser parser;

    public AclBook(ExpressionParser expressions) {
        parser = new AclParser(expressions);
    }

    /** Adds the line {@code acl <name> <expression> ...}; {@code words} start at the name. */
    public void define(Words words, ParseContext context) throws ParseProblem {
        String name = words.require("ACL name");
        checkName(name);
        AclTest line;
        try {
            line = parser.parse(words, context);
        } catch (ParseProblem problem) {
            throw new ParseProblem(
                    "%s", "error detected while parsing ACL '" + name + "' : " + problem.getMessage() + ".");
        }
        acls.computeIfAbsent(name, Acl::new).add(line);
    }

    private static void checkName(String name) throws ParseProblem {
        if (name.equals("or")) {
            throw new ParseProblem(
                    "acl name 'or' will never match. 'or' is used to express a logical disjunction within a condition.");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c < 128 && Character.isLetterOrDigit(c)) && "_-.:".indexOf(c) < 0) {
                throw new ParseProblem("character '%s' is not permitted in acl name '%s'", c, name);
            }
        }
    }

    /** Null if neither the section nor the program defines it. */
    public Acl find(String name, ParseContext context) throws ParseProblem {
        Acl acl = acls.get(name);
        if (acl == null && PREDEFINED.containsKey(name)) {
            acl = new Acl(name);
            acl.add(parser.parse(new Words(PREDEFINED.get(name)), context));
            acls.put(name, acl);
        }
        return acl;
    }

    Acl require(String name, ParseContext context) throws ParseProblem {
        Acl acl = find(name, context);
        if (acl == null) {
            throw new ParseProblem("no such ACL : '%s'", name);
        }
        return acl;
    }

    AclTest anonymous(Words words, ParseContext context) throws ParseProblem {
        return parser.parse(words, context);
    }
}
