package dev.weir.config.parse;

/** Options of {@code server} lines about the program beside the server that says how it is. */
final class AgentOptions {
    private AgentOptions() {}

    static void fill(KeywordTable<ServerDraft> table) {
        table.supported(
                "agent-check", 0, "a program says how the server is", (server, line) -> server.agent.isEnabled = true);
        table.supported("no-agent-check", 0, "undoes `agent-check`", (server, line) -> server.agent.isEnabled = false);
        table.supported(
                "agent-port",
                0,
                "where the program listens, `port` unless set",
                (server, line) -> server.agent.port = line.integer(0, 65535, 0));
        table.supported(
                "agent-addr",
                0,
                "address of the program, `addr` or that of the server unless set",
                (server, line) -> server.agent.address = ServerOptions.address(server, line));
        table.supported(
                "agent-inter",
                0,
                "time between questions, that of the checks unless set",
                (server, line) -> server.agent.interMs = ServerOptions.interval(line, server.agent.interMs));
        table.supported(
                "agent-send",
                0,
                "what the program is sent first",
                (server, line) -> server.agent.greeting = line.argument("a string"));
    }
}
