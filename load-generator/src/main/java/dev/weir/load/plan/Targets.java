package dev.weir.load.plan;

import dev.weir.bridge.transport.Endpoint;
import dev.weir.load.http.Expectation;
import dev.weir.load.http.RequestBytes;
import dev.weir.load.http.RequestBytes.Header;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Makes targets of URLs: HTTP requests to the same host and port share their connections; each tcp URL has its own. */
public final class Targets {
    private static final int DECK_MAX = 1_000_000;

    /** What holds for every request unless a requests file says otherwise. */
    public static final class Common {
        public String method = "GET";
        public List<Header> headers = List.of();
        public byte[] body = {};
        public boolean closes;
        /** Where to connect instead of where the URLs say, or null. */
        public Endpoint endpoint;

        /** A new one for each request, since some learn from the first answer. */
        public Supplier<Expectation> expectation = Expectation::new;

        public long seed = 1;
    }

    private static final class Group {
        private final String name;
        private final Endpoint endpoint;
        private final List<Job> jobs = new ArrayList<>();
        private final List<Integer> weights = new ArrayList<>();

        Group(String name, Endpoint endpoint) {
            this.name = name;
            this.endpoint = endpoint;
        }
    }

    private final Common common;
    private final Map<String, Group> groups = new LinkedHashMap<>();

    public Targets(Common common) {
        this.common = common;
    }

    /** Adds a URL that is asked for as often as its weight says. */
    public void add(String text, int weight) {
        Url url = Url.parse(text);
        if (url.scheme().equals("tcp")) {
            put(text + "#" + groups.size(), url, TcpJobs.of(url), weight);
        } else {
            put(url.hostAndPort(), url, http(url, common.method, common.headers, common.body), weight);
        }
    }

    /** Adds a request of a file. */
    public void add(RequestFile.Entry entry) {
        Url url = Url.parse(entry.url());
        if (!url.scheme().equals("http")) {
            throw new PlanException(entry.url() + ": a requests file is for http");
        }
        List<Header> headers = new ArrayList<>(entry.headers());
        headers.addAll(common.headers);
        byte[] body = entry.body().length > 0 ? entry.body() : common.body;
        put(url.hostAndPort(), url, http(url, entry.method(), headers, body), 1);
    }

    private Job http(Url url, String method, List<Header> headers, byte[] body) {
        RequestBytes.Parts parts = new RequestBytes.Parts();
        parts.method = method;
        parts.url = url.text();
        parts.target = url.target();
        parts.host = url.hostAndPort();
        parts.headers = headers;
        parts.body = body;
        parts.closes = common.closes;
        return new Job.Http(RequestBytes.of(parts), common.expectation.get());
    }

    private void put(String key, Url url, Job job, int weight) {
        Group group = groups.computeIfAbsent(
                key,
                ignored -> new Group(
                        url.host() + ":" + url.port(), common.endpoint != null ? common.endpoint : endpoint(url)));
        group.jobs.add(job);
        group.weights.add(weight);
    }

    /** What a tcp URL asks for; null of an http URL. */
    public static Job tcpJob(Url url) {
        return url.scheme().equals("tcp") ? TcpJobs.of(url) : null;
    }

    /** Where a URL leads. */
    public static Endpoint endpoint(Url url) {
        try {
            return new Endpoint.Inet(InetAddress.getByName(url.host()), url.port());
        } catch (UnknownHostException e) {
            throw new PlanException(url.text() + ": host '" + url.host() + "' is not known");
        }
    }

    /** All of them. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Group group : groups.values()) {
            double weight = group.weights.stream().mapToInt(Integer::intValue).sum();
            targets.add(new Target(group.name, group.endpoint, group.jobs, deck(group.weights), weight));
        }
        return targets;
    }

    /** Each job as often as its weight; mixed if weights differ, else in the order written. */
    private int[] deck(List<Integer> weights) {
        int divisor = weights.stream().reduce(0, Targets::greatestDivisor);
        List<Integer> cards = new ArrayList<>();
        for (int job = 0; job < weights.size(); job++) {
            int count = weights.get(job) / divisor;
            if (cards.size() + count > DECK_MAX) {
                throw new PlanException("the weights are too large: their sum may be " + DECK_MAX);
            }
            cards.addAll(Collections.nCopies(count, job));
        }
        if (weights.stream().distinct().count() > 1) {
            Collections.shuffle(cards, new Random(common.seed));
        }
        return cards.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }
}
