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
    /** Those of HAProxy that need no HTTP. */
    private static final Map<String, List<String>> PREDEFINED = Map.of(
            "TRUE", List.of("always_true"),
            "FALSE", List.of("always_false"),
            "LOCALHOST", List.of("src", "127.0.0.1/8", "::1"),
            "HTTP", List.of("req.proto_http"),
            "REQ_CONTENT", List.of("req.len", "gt", "0"),
            "RDP_COOKIE", List.of("req.rdp_cookie_cnt", "gt", "0"),
            "WAIT_END", List.of("wait_end"));

    private static final List<String> PREDEFINED_HTTP = List.of(
            "HTTP_1.0",
            "HTTP_1.1",
            "HTTP_2.0",
            "HTTP_3.0",
            "HTTP_CONTENT",
            "HTTP_URL_ABS",
            "HTTP_URL_SLASH",
            "HTTP_URL_STAR",
            "METH_CONNECT",
            "METH_DELETE",
            "METH_GET",
            "METH_HEAD",
            "METH_OPTIONS",
            "METH_POST",
            "METH_PUT",
            "METH_TRACE");

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
            throw new ParseProblem("%s", "error detected while parsing ACL '" + name + "' : " + problem.getMessage());
        }
        acls.computeIfAbsent(name, Acl::new).add(line);
    }

    private static void checkName(String name) throws ParseProblem {
        if (name.equals("or")) {
            throw new ParseProblem("acl name 'or' will never match. 'or' is used to express a disjunctive condition");
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
            throw PREDEFINED_HTTP.contains(name)
                    ? new ParseProblem("ACL '%s' needs mode http, which is not supported by this version", name)
                    : new ParseProblem("no such ACL : '%s'", name);
        }
        return acl;
    }

    AclTest anonymous(Words words, ParseContext context) throws ParseProblem {
        return parser.parse(words, context);
    }
}
