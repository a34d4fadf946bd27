package dev.weir.config.check;

import dev.weir.config.model.AddressSpec;
import dev.weir.config.model.AddressSpec.PortForm;
import dev.weir.config.model.HealthCheck;
import dev.weir.config.model.HealthCheck.CheckLine;
import dev.weir.config.model.HealthCheck.Kind;
import dev.weir.config.model.Mode;
import dev.weir.config.model.Problems;
import dev.weir.config.model.ProxySection;
import dev.weir.config.model.ServerLine;
import dev.weir.server.ObserveSettings.Layer;
import java.util.List;

/** What the checks and the agents of one proxy's servers need. */
final class ProbeChecks {
    private static final String NO_PORT = "has neither service port nor check port";

    private final ProxySection proxy;
    private final Problems problems;

    ProbeChecks(ProxySection proxy, Problems problems) {
        this.proxy = proxy;
        this.problems = problems;
    }

    void check(ServerLine server) {
        if (server.check().enabled()) {
            tracking(server);
            port(server);
            protocol(server);
        }
        if (server.check().agent().enabled()) {
            agent(server);
        }
        if (server.check().observe() != null
                && server.check().observe().layer() == Layer.LAYER7
                && proxy.mode() != Mode.HTTP) {
            alert(server, "'layer7' can only be used in http proxies.");
        }
    }

    private void tracking(ServerLine server) {
        if (!server.track().isEmpty()) {
            alert(server, "unable to enable checks and tracking at the same time!");
        }
    }

    private void port(ServerLine server) {
        boolean hasPort = server.check().port() != 0
                || server.isService()
                || !(server.address() instanceof AddressSpec.Inet inet)
                || inet.portForm() == PortForm.FIXED && inet.port() != 0;
        String missing = hasPort ? null : missingPort();
        if (missing != null) {
            problems.alert(
                    server.at(),
                    proxy.kind().title() + " '" + proxy.name() + "': server '" + server.name() + "' " + missing);
        }
    }

    /** Null if the script says where to connect. */
    private String missingPort() {
        HealthCheck check = proxy.backend().check();
        if (check.kind() != Kind.TCP && check.kind() != Kind.HTTP) {
            return NO_PORT + ".";
        }
        List<CheckLine> connects = check.lines().stream()
                .filter(line -> line.step().equals("connect"))
                .toList();
        if (connects.isEmpty() || !namesPort(connects.getFirst())) {
            return NO_PORT + " nor tcp_check rule 'connect' with port information.";
        }
        boolean isWhole = connects.stream().allMatch(ProbeChecks::namesPort);
        return isWhole ? null : NO_PORT + ", and a tcp_check rule 'connect' with no port information.";
    }

    private static boolean namesPort(CheckLine connect) {
        List<String> words = connect.words();
        int address = words.indexOf("addr");
        boolean isWithAddress = address >= 0
                && address + 1 < words.size()
                && words.get(address + 1).matches(".*[^:]:[0-9]+");
        return words.contains("port") || isWithAddress;
    }

    private void protocol(ServerLine server) {
        if (server.check().checksHttp1() && proxy.backend().check().kind() != Kind.HTTP) {
            alert(server, "uses an incompatible MUX protocol for the selected check type");
        }
    }

    private void agent(ServerLine server) {
        if (server.check().agent().port() == 0 && server.check().port() == 0) {
            alert(server, "server " + server.name() + " does not have agent port. Agent check has been disabled.");
        }
    }

    private void alert(ServerLine server, String text) {
        problems.alert(server.at(), "'server " + proxy.name() + "/" + server.name() + "' : " + text);
    }
}
