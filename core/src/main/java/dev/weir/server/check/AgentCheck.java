package dev.weir.server.check;

import dev.weir.bridge.transport.EventLoop;
import dev.weir.server.AdminFlags;
import dev.weir.server.AgentSettings;
import dev.weir.server.CheckSettings;
import dev.weir.server.HealthEvents;
import dev.weir.server.Observation;
import dev.weir.server.Server;
import dev.weir.server.ServerControl;
import dev.weir.server.ServerState;
import dev.weir.server.WeightRequest;
import dev.weir.server.check.script.CannedScripts;
import dev.weir.server.check.script.CheckResult;
import dev.weir.server.check.script.CheckScript;
import dev.weir.server.check.script.CheckStatus;
import dev.weir.server.check.script.ScriptProbe;
import dev.weir.stream.ProcessView;
import java.util.Arrays;

/**
 * Asks the agent of one server again and again, and does what it says: administrative state, weight, limit, health, in that order.
 * An agent that cannot be asked changes nothing. It goes on in maintenance, since the agent may end that.
 */
public final class AgentCheck extends RecordedHealth {
    private static final int CONNECTIONS_MAX = 1_000_000_000;

    private final ScriptProbe probe;
    private final CheckTask task;
    private volatile CheckScript script;
    /** {@code agent-send} of the configuration. */
    private byte[] configuredGreeting;

    AgentCheck(Server server, EventLoop loop, HealthEvents events, ProcessView process, int spreadPercent) {
        super(server, new CheckRecord(server, events, "Agent", limits()), server.settings().agent.target);
        this.probe = new ScriptProbe(process, server);
        this.configuredGreeting = server.settings().agent.greeting;
        this.script = CannedScripts.agent(configuredGreeting);
        this.task = new CheckTask(loop, new Work(), spreadPercent, server.id() * 0xD1B54A32D192ED03L | 1);
    }

    /** One answer decides. */
    private static CheckSettings limits() {
        CheckSettings limits = new CheckSettings();
        limits.rise = 1;
        limits.fall = 1;
        return limits;
    }

    @Override
    void start(long delayMs) {
        task.start(delayMs);
    }

    void stop() {
        task.stop();
    }

    /** After a reload: something else may be said to it. */
    void adopt() {
        AgentSettings settings = server.settings().agent;
        adoptTarget(settings.target);
        if (!Arrays.equals(settings.greeting, configuredGreeting)) {
            configuredGreeting = settings.greeting;
            greet(settings.greeting);
        }
    }

    /** {@code set server agent-send}: what it is sent first, null for nothing. */
    public void greet(byte[] greeting) {
        script = CannedScripts.agent(greeting);
    }

    private final class Work implements CheckTask.Work {
        @Override
        public boolean run(EventLoop loop) {
            AgentSettings settings = server.settings().agent;
            if (settings == null || !isEnabled()) {
                return true;
            }
            CheckResult result = probe.run(script, loop, target(), settings.interMs);
            if (result != null && isEnabled()) {
                asked(result);
            }
            return result != null;
        }

        @Override
        public int intervalMs() {
            return AgentCheck.this.intervalMs();
        }
    }

    @Override
    int intervalMs() {
        AgentSettings settings = server.settings().agent;
        return settings == null ? new AgentSettings().interMs : settings.interMs; // a reload took the agent away
    }

    private void asked(CheckResult result) {
        if (result.status() != CheckStatus.L7OK) {
            record.record(result, false);
            return;
        }
        AgentReply reply = AgentReply.parse(result.info());
        if (reply.state != null) {
            administer(reply.state);
        }
        String problem = change(reply);
        CheckResult told = told(reply, problem, result.durationMs());
        record.record(told, true);
        apply(told.status());
    }

    // ---- what it asks for ----

    private void administer(String state) {
        ServerControl control = server.pool().control();
        switch (state) {
            case "ready" -> {
                control.administer(server, AdminFlags.FORCED_MAINTENANCE, false);
                control.administer(server, AdminFlags.FORCED_DRAIN, false);
            }
            case "drain" -> {
                control.administer(server, AdminFlags.FORCED_DRAIN, true);
                control.administer(server, AdminFlags.FORCED_MAINTENANCE, false);
            }
            case "maint" -> {
                control.administer(server, AdminFlags.FORCED_MAINTENANCE, true);
                control.administer(server, AdminFlags.FORCED_DRAIN, false);
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    /** @return what cannot be had, or null */
    private String change(AgentReply reply) {
        String problem = reply.weight == null ? null : WeightRequest.apply(server, reply.weight);
        if (reply.connectionsMax == null) {
            return problem;
        }
        String other = limit(reply.connectionsMax);
        return problem == null ? other : problem;
    }

    private String limit(String text) {
        boolean isNumber = text.matches("[0-9]{1,10}");
        if (!isNumber) {
            return "maxconn string empty or preceded by garbage";
        }
        int connectionsMax = (int) Math.min(CONNECTIONS_MAX, Long.parseLong(text));
        if (connectionsMax != server.connectionsMax()) {
            server.limitConnections(connectionsMax);
        }
        return null;
    }

    // ---- what it says of the health ----

    private static CheckResult told(AgentReply reply, String problem, long durationMs) {
        if (reply.health != null) {
            String detail =
                    reply.description != null ? reply.description : reply.unknown != null ? reply.unknown : problem;
            String info = "via agent : " + reply.health + (detail == null ? "" : " (" + detail + ")");
            return new CheckResult(reply.isUp() ? CheckStatus.L7OK : CheckStatus.L7STS, info, durationMs);
        }
        String info = reply.unknown != null
                ? "agent reports an error : " + reply.unknown
                : problem != null ? "agent warns : " + problem : null;
        return new CheckResult(CheckStatus.CHECKED, info, durationMs);
    }

    private void apply(CheckStatus status) {
        if (status == CheckStatus.L7STS && value() == 0) {
            server.pool().control().stop(server, record.cause());
        } else if (status == CheckStatus.L7OK
                && isUp()
                && HealthChecks.isUp(server.health())
                && server.state() != ServerState.STOPPING) {
            server.pool().control().run(server, record.cause());
        }
    }

    // ---- ServerHealth ----

    @Override
    public void resume() {
        record.set(true);
    }

    @Override
    void hurry() {
        task.hurry(0);
    }

    @Override
    public void observed(Observation observation) {
        throw new UnsupportedOperationException("traffic says nothing of an agent");
    }

    /** {@code set server agent}: as if it had said so. The server's state is the caller's matter. */
    public void assume(boolean isUp) {
        record.set(isUp);
    }
}
