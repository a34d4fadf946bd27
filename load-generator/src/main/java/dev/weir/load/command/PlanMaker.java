package dev.weir.load.command;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.bridge.transport.Transports;
import dev.weir.load.http.Expectation;
import dev.weir.load.plan.Amounts;
import dev.weir.load.plan.Arrivals;
import dev.weir.load.plan.Closing;
import dev.weir.load.plan.Headers;
import dev.weir.load.plan.Plan;
import dev.weir.load.plan.PlanException;
import dev.weir.load.plan.RateProfile;
import dev.weir.load.plan.RequestFile;
import dev.weir.load.plan.Targets;
import dev.weir.load.plan.Threshold;
import dev.weir.load.plan.Url;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Makes a plan of the words of a command line, and says what cannot be. */
final class PlanMaker {
    private static final long DEFAULT_DURATION_NS = 10_000_000_000L;
    private static final long DEFAULT_WARMUP_NS = 1_000_000_000L;
    private static final int PIPELINE_MAX = 10_000;
    private static final int CONNECTIONS_MAX = 1_000_000;

    private final LoadOptions options;
    private final Plan plan = new Plan();

    private PlanMaker(LoadOptions options) {
        this.options = options;
    }

    static Plan plan(LoadOptions options) {
        return new PlanMaker(options).make();
    }

    private Plan make() {
        setLimits();
        setPace();
        setConnections();
        plan.targets = targets();
        plan.title = title();
        plan.seed = options.seed;
        for (String threshold : options.thresholds) {
            plan.thresholds.add(Threshold.parse(threshold));
        }
        plan.abortOnFail = options.abortOnFail;
        if (plan.abortOnFail && plan.thresholds.isEmpty()) {
            throw new PlanException("--abort-on-fail needs a --threshold");
        }
        check();
        return plan;
    }

    private String title() {
        if (options.requestsFile != null) {
            return options.requestsFile.toString();
        }
        return options.urls.size() == 1
                ? options.urls.getFirst()
                : options.urls.getFirst() + " and " + (options.urls.size() - 1) + " more";
    }

    // ---- time and number ----

    private void setLimits() {
        plan.connections = options.connections;
        plan.loops = options.threads;
        if (options.requests != null) {
            plan.requests = Math.round(Amounts.count(options.requests));
            plan.durationNs = Long.MAX_VALUE;
        }
        if (options.duration != null) {
            plan.durationNs = Amounts.timeNs(options.duration);
        }
        plan.warmupNs = options.warmup != null
                ? Amounts.timeNs(options.warmup)
                : options.requests != null ? 0 : DEFAULT_WARMUP_NS;
        plan.timeoutNs = Amounts.timeNs(options.timeout);
        plan.connectTimeoutNs = Amounts.timeNs(options.connectTimeout);
    }

    private void setPace() {
        if (options.rate != null) {
            plan.rate = RateProfile.parse(options.rate, knownDurationNs());
            if (options.duration == null && options.requests == null) {
                long ownNs = plan.rate.durationNs();
                plan.durationNs = ownNs == Long.MAX_VALUE ? DEFAULT_DURATION_NS : ownNs;
            }
        }
        plan.arrivals = word(Arrivals.class, "--arrivals", options.arrivals);
        if (options.think != null) {
            setThinkTime();
        }
        plan.pipeline = options.pipeline;
        plan.spinNs = options.spin == null ? 0 : Amounts.timeNs(options.spin);
        plan.transport = word(Transports.Choice.class, "--transport", options.transport);
        plan.cpuMasks = options.cpus == null ? null : CpuList.masks(options.cpus, options.threads);
    }

    private long knownDurationNs() {
        if (options.duration != null) {
            return plan.durationNs;
        }
        boolean hasOwn = options.rate.lastIndexOf('@') > options.rate.lastIndexOf(',');
        return hasOwn || options.requests != null ? -1 : DEFAULT_DURATION_NS;
    }

    private void setThinkTime() {
        int dots = options.think.indexOf("..");
        plan.thinkMinNs = Amounts.timeNs(dots < 0 ? options.think : options.think.substring(0, dots));
        plan.thinkMaxNs = dots < 0 ? plan.thinkMinNs : Amounts.timeNs(options.think.substring(dots + 2));
        if (plan.thinkMaxNs < plan.thinkMinNs) {
            throw new PlanException("--think: '" + options.think + "' ends before it begins");
        }
        if (plan.isOpenLoop()) {
            throw new PlanException("--think is for a closed loop: with -R the rate alone says when requests are sent");
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, String option, String word) {
        for (E value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        String known = String.join(
                ", ",
                List.of(type.getEnumConstants()).stream()
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList());
        throw new PlanException(option + ": '" + word + "' is not one of " + known);
    }

    // ---- connections ----

    private void setConnections() {
        plan.keepAlive = !options.noKeepAlive;
        plan.requestsPerConnection = options.noKeepAlive ? 1 : options.connectionRequests;
        plan.connectionLifeNs =
                options.connectionTime == null ? Long.MAX_VALUE : Amounts.timeNs(options.connectionTime);
        plan.closing = options.close == null ? usualClosing() : word(Closing.class, "--close", options.close);
        for (String source : options.sources) {
            SourceAddresses.add(source, plan.sources);
        }
    }

    /** A server that is told to close an HTTP connection does; TCP has no such word. */
    private Closing usualClosing() {
        boolean isHttp = options.urls.stream().noneMatch(url -> url.startsWith("tcp:"));
        return isHttp && plan.isConnectionPerRequest() ? Closing.SERVER : Closing.CLIENT;
    }

    private Endpoint otherEndpoint() {
        if (options.unixSocket != null) {
            return new Endpoint.Unix(options.unixSocket);
        }
        if (options.connectTo == null) {
            return null;
        }
        Url there = Url.parse("tcp://" + options.connectTo);
        try {
            return new Endpoint.Inet(InetAddress.getByName(there.host()), there.port());
        } catch (UnknownHostException e) {
            throw new PlanException("--connect-to: host '" + there.host() + "' is not known");
        }
    }

    // ---- requests ----

    private List<dev.weir.load.plan.Target> targets() {
        Targets.Common common = new Targets.Common();
        common.body = body();
        common.method = options.method != null ? options.method : common.body.length > 0 ? "POST" : "GET";
        common.headers = options.headers.stream().map(Headers::parse).toList();
        common.closes = plan.isConnectionPerRequest() && plan.closing == Closing.SERVER;
        common.endpoint = otherEndpoint();
        common.expectation = this::expectation;
        common.seed = options.seed;
        Targets targets = new Targets(common);
        if (options.requestsFile != null) {
            RequestFile.read(options.requestsFile).forEach(targets::add);
        }
        for (int i = 0; i < options.urls.size(); i++) {
            targets.add(options.urls.get(i), weight(i));
        }
        return targets.targets();
    }

    private int weight(int index) {
        if (options.weights.isEmpty()) {
            return 1;
        }
        if (options.weights.size() != options.urls.size()) {
            throw new PlanException(
                    "--weights has " + options.weights.size() + " numbers for " + options.urls.size() + " URLs");
        }
        int weight = options.weights.get(index);
        if (weight < 1) {
            throw new PlanException("--weights: " + weight + " is less than 1");
        }
        return weight;
    }

    private byte[] body() {
        if (options.body != null && options.bodyFile != null) {
            throw new PlanException("either --body or --body-file");
        }
        if (options.bodyFile != null) {
            try {
                return Files.readAllBytes(options.bodyFile);
            } catch (IOException e) {
                throw new PlanException("cannot read " + options.bodyFile + ": " + e.getMessage());
            }
        }
        return options.body == null ? new byte[0] : options.body.getBytes(StandardCharsets.UTF_8);
    }

    private Expectation expectation() {
        Expectation expectation = new Expectation();
        try {
            if (!options.expectStatus.isEmpty()) {
                expectation.statuses(options.expectStatus);
            }
            if (options.expectLength != null) {
                expectation.length(Amounts.bytes(options.expectLength));
            }
            if (options.expectCrc32 != null) {
                expectation.crc32(HexFormat.fromHexDigitsToLong(options.expectCrc32));
            }
            if (options.expectSha256 != null) {
                expectation.sha256(sha256(options.expectSha256));
            }
            if (options.sameBody) {
                expectation.sameBody();
            }
        } catch (IllegalArgumentException e) {
            throw new PlanException(e.getMessage());
        }
        return expectation;
    }

    private static byte[] sha256(String hex) {
        byte[] value = HexFormat.of().parseHex(hex.toLowerCase(Locale.ROOT));
        if (value.length != 32) {
            throw new PlanException("--expect-sha256: " + value.length + " bytes instead of 32");
        }
        return value;
    }

    // ---- what cannot be ----

    private void check() {
        within("-c", plan.connections, 1, CONNECTIONS_MAX);
        within("-t", plan.loops, 1, 256);
        within("--pipeline", plan.pipeline, 1, PIPELINE_MAX);
        atLeast("-n", plan.requests, 1);
        atLeast("--connection-requests", plan.requestsPerConnection, 1);
        positive("-d", plan.durationNs);
        positive("--timeout", plan.timeoutNs);
        positive("--connect-timeout", plan.connectTimeoutNs);
        if (plan.loops > plan.connections) {
            throw new PlanException("-t " + plan.loops + " loops need as many connections at least (-c)");
        }
        if (plan.targets.size() > plan.connections) {
            throw new PlanException(plan.targets.size() + " servers need as many connections at least (-c)");
        }
        if (plan.pipeline > 1 && plan.isConnectionPerRequest()) {
            throw new PlanException("--pipeline needs connections that serve several requests");
        }
        if (plan.closing == Closing.SERVER && options.urls.stream().anyMatch(url -> url.startsWith("tcp:"))) {
            throw new PlanException("--close server is for http: nothing tells a tcp server to close");
        }
        if (plan.closing == Closing.SERVER && options.close != null && !plan.isConnectionPerRequest()) {
            throw new PlanException("--close server needs --no-keepalive: only then is the server told to close");
        }
        long bodyRules = java.util.stream.Stream.of(options.expectCrc32, options.expectSha256)
                        .filter(java.util.Objects::nonNull)
                        .count()
                + (options.sameBody ? 1 : 0);
        if (bodyRules > 1) {
            throw new PlanException("one of --expect-crc32, --expect-sha256 and --same-body");
        }
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new PlanException(option + ": " + value + " is not between " + least + " and " + most);
        }
    }

    private static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new PlanException(option + ": " + value + " is less than " + least);
        }
    }

    private static void positive(String option, long ns) {
        if (ns <= 0) {
            throw new PlanException(option + ": the time must be more than 0");
        }
    }
}
