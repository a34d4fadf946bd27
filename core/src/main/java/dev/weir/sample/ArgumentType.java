package dev.weir.sample;

/** Types of the arguments in parentheses. The text is how argument lists are declared, the name how messages call it. */
enum ArgumentType {
    STRING("str", "string"),
    INTEGER("sint", "signed integer"),
    /** An integer, or the name of a variable that holds one. */
    VALUE("value", "signed integer or variable"),
    /** A name of a variable. */
    VARIABLE("var", "variable"),
    IPV4("ipv4", "IPv4 address"),
    IPV6("ipv6", "IPv6 address"),
    MASK4("mask4", "IPv4 mask"),
    MASK6("mask6", "IPv6 mask"),
    FRONTEND("frontend", "frontend"),
    BACKEND("backend", "backend"),
    SERVER("server", "server"),
    /** A name of a section of users. */
    USER_LIST("userlist", "userlist"),
    /** A stick table; nothing means the proxy's own. */
    TABLE("table", "stick-table");

    private final String text;
    private final String title;

    ArgumentType(String text, String title) {
        this.text = text;
        this.title = title;
    }

    String title() {
        return title;
    }

    static ArgumentType of(String text) {
        for (ArgumentType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no argument type is called " + text);
    }
}
