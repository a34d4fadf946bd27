package dev.weir.config.parse;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AgentLine;

/** What a server line says of the server's agent, while it is read. */
final class AgentDraft {
    boolean isEnabled;
    long interMs;
    int port;
    AddressSpec.Inet address;
    String greeting = "";

    AgentDraft() {}

    AgentDraft(AgentDraft from) {
        isEnabled = from.isEnabled;
        interMs = from.interMs;
        port = from.port;
        address = from.address;
        greeting = from.greeting;
    }

    AgentLine build() {
        return new AgentLine(isEnabled, interMs, port, address, greeting);
    }
}
