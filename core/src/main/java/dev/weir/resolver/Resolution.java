package dev.weir.resolver;

import dev.weir.resolver.Answer.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.SRVRecord;

/**
 * A name of a section whose answer somebody depends on. It goes through the same steps as in HAProxy: all name servers are asked at
 * once, and the first valid answer counts; when all have failed, the other family of addresses is asked for; when that fails too,
 * or nobody answers in time, it starts over, until the retries are used up. Then the requesters are told, and after {@code timeout
 * resolve} it begins anew. Thread: the resolvers'.
 */
public final class Resolution {
    /** How the last resolution ended. */
    public enum Status {
        /** None has ended yet. */
        NONE,
        VALID,
        /** There is no such name. */
        NX,
        REFUSED,
        TIMEOUT,
        /** No name server gave an answer that can be understood. */
        INVALID,
        OTHER
    }

    private static final long MS_NS = 1_000_000L;

    private final Resolver resolver;
    /** What its requesters prefer. */
    private final Question preferred;

    private final List<Requester> requesters = new ArrayList<>();
    private final List<ResolvedRecord> records = new ArrayList<>();
    private Status status = Status.NONE;
    private long lastValidNs;

    /** Nobody has been asked yet. */
    private boolean isFresh = true;

    private long lastEndNs;

    private boolean isRunning;
    private int id;
    /** What this resolution begins with. */
    private Question first;

    private Question asked;
    private byte[] message;
    private long sentNs;
    private int triesLeft;
    private boolean hasResponse;
    /** Those that have not answered the last question. */
    private final Set<NameServer> pending = new HashSet<>();
    /** Truncated answers of name servers that were asked again by TCP. */
    private final Map<NameServer, Answer> truncated = new HashMap<>();

    Resolution(Resolver resolver, Question preferred) {
        this.resolver = resolver;
        this.preferred = preferred;
        this.lastValidNs = resolver.nanoTime();
        this.lastEndNs = lastValidNs;
    }

    // ---- for requesters ----

    public Status status() {
        return status;
    }

    /** What is known now. */
    public List<ResolvedRecord> records() {
        return List.copyOf(records);
    }

    /** Whether the last valid answer is too old to outlive the failure that followed. */
    public boolean isPastHold() {
        return resolver.nanoTime() - lastValidNs >= resolver.settings().hold().ofMs(status) * MS_NS;
    }

    /** Whether a valid answer is fresh enough for one who asks now. */
    boolean hasFreshAnswer() {
        long validNs = resolver.settings().hold().validMs() * MS_NS;
        return status == Status.VALID && !isFresh && resolver.nanoTime() - lastEndNs < validNs;
    }

    /**
     * The address to use, null if there is none.
     *
     * @param current the one in use, or null
     * @param user remembers the address, and keeps the one that it has as long as that is known; null for one use
     */
    public InetAddress choose(AddressPreference preference, InetAddress current, AddressUser user) {
        if (user != null && user.isServed()) {
            return current;
        }
        ResolvedRecord best = preference.choose(records, current, user);
        if (best == null) {
            return null;
        }
        if (user != null) {
            user.use(best);
        }
        records.addLast(records.removeFirst()); // others get others
        return best.address();
    }

    // ---- for the section ----

    Question question() {
        return preferred;
    }

    List<Requester> requesters() {
        return requesters;
    }

    boolean isRunning() {
        return isRunning;
    }

    int id() {
        return id;
    }

    /** When there is something to do. */
    long dueNs() {
        if (isRunning) {
            return sentNs + resolver.settings().retryMs() * MS_NS;
        }
        return isFresh ? lastEndNs : lastEndNs + resolver.settings().resolveMs() * MS_NS;
    }

    /** Does what is due. */
    void tick() {
        if (resolver.nanoTime() - dueNs() < 0) {
            return;
        }
        if (!isRunning) {
            begin();
        } else {
            timedOut();
        }
    }

    private void begin() {
        isRunning = true;
        isFresh = false;
        id = resolver.register(this);
        triesLeft = resolver.settings().retries() - 1;
        first = resolver.accepted(preferred);
        send(first);
    }

    private void send(Question question) {
        if (!question.equals(asked) || message == null) {
            asked = question;
            message = question.message(id, resolver.settings().payloadBytes());
        }
        message[0] = (byte) (id >> 8);
        message[1] = (byte) id;
        hasResponse = false;
        pending.clear();
        truncated.clear();
        sentNs = resolver.nanoTime();
        for (NameServer server : resolver.nameServers()) {
            if (server.send(message)) {
                pending.add(server);
            }
        }
    }

    private void timedOut() {
        for (NameServer server : pending) {
            server.counters().increment(ResolverCounter.TIMEOUT);
        }
        if (triesLeft <= 0) {
            status = hasResponse ? status : Status.TIMEOUT;
            fail();
        } else if (hasResponse && asked.equals(first) && hasOther()) {
            send(first.ofOtherFamily());
        } else {
            triesLeft--;
            send(first);
        }
    }

    /** Whether there is something else to ask for. */
    private boolean hasOther() {
        return !first.isForServices() && resolver.accepts(first.ofOtherFamily());
    }

    // ---- answers ----

    boolean isAwaiting(NameServer from) {
        return isRunning && pending.contains(from);
    }

    /** A message with this resolution's number came from a name server that was asked. */
    void received(NameServer from, byte[] bytes, boolean isByStream) {
        Answer answer = AnswerReader.read(bytes, asked);
        if (!answer.isToQuestion()) { // anybody may have sent it: who was asked may still answer
            from.counters().increment(ResolverCounter.INVALID);
            status = Status.INVALID;
            hasResponse = true;
            return;
        }
        if (answer.isTruncated() && !isByStream && from.sendAgainByStream(message)) {
            truncated.put(from, answer);
            return;
        }
        settle(from, answer);
    }

    /** No answer comes by TCP: a truncated one has to do. */
    void streamFailed(NameServer from) {
        Answer answer = truncated.remove(from);
        if (answer != null && isRunning) {
            settle(from, answer);
        }
    }

    private void settle(NameServer from, Answer answer) {
        pending.remove(from);
        truncated.remove(from);
        hasResponse = true;
        status = answer.outcome().status;
        from.counters().increment(answer.outcome().counter);
        if (answer.isThroughAlias()) {
            from.counters().increment(ResolverCounter.CNAME);
        }
        if (answer.outcome() == Outcome.VALID) {
            succeed(from, answer);
        } else if (pending.isEmpty()) {
            allFailed();
        }
    }

    /** The other family is asked for at once; after that, what is left of the retries takes its time. */
    private void allFailed() {
        if (!asked.equals(first)) {
            if (triesLeft <= 0) {
                fail();
            }
        } else if (hasOther()) {
            send(first.ofOtherFamily());
        }
    }

    private void succeed(NameServer from, Answer answer) {
        lastValidNs = resolver.nanoTime();
        end();
        merge(answer, lastValidNs);
        dropObsolete(lastValidNs);
        NameServer first = from;
        for (Requester requester : List.copyOf(requesters)) {
            requester.resolved(this, first);
            first = null;
        }
    }

    private void fail() {
        end();
        boolean isKept = false;
        for (Requester requester : List.copyOf(requesters)) {
            isKept |= requester.failed(this);
        }
        if (!isKept) {
            forgetAll();
        }
    }

    private void end() {
        resolver.unregister(this);
        isRunning = false;
        pending.clear();
        truncated.clear();
        lastEndNs = resolver.nanoTime();
    }

    // ---- records ----

    private void merge(Answer answer, long nowNs) {
        for (InetAddress address : accepted(answer.addresses())) {
            known(address).seen(nowNs);
        }
        for (SRVRecord service : answer.services()) {
            ResolvedRecord record = known(service);
            record.seen(nowNs);
            record.weight(service.getWeight());
            record.additional(
                    accepted(answer.additional().getOrDefault(service.getTarget(), List.of())),
                    nowNs,
                    resolver.settings().hold().obsoleteMs() * MS_NS);
        }
    }

    private List<InetAddress> accepted(List<InetAddress> addresses) {
        return addresses.stream().filter(resolver::accepts).toList();
    }

    private ResolvedRecord known(InetAddress address) {
        for (ResolvedRecord record : records) {
            if (address.equals(record.address())) {
                return record;
            }
        }
        return added(ResolvedRecord.ofAddress(address));
    }

    private ResolvedRecord known(SRVRecord service) {
        for (ResolvedRecord record : records) {
            if (record.port() == service.getPort() && service.getTarget().equals(record.target())) {
                return record;
            }
        }
        return added(ResolvedRecord.ofService(service.getTarget(), service.getPort()));
    }

    private ResolvedRecord added(ResolvedRecord record) {
        records.add(record);
        return record;
    }

    private void dropObsolete(long nowNs) {
        long obsoleteNs = resolver.settings().hold().obsoleteMs() * MS_NS;
        for (ResolvedRecord record : List.copyOf(records)) {
            if (record.isObsolete(nowNs, obsoleteNs)) {
                records.remove(record);
                leave(record);
            }
        }
    }

    private void forgetAll() {
        List<ResolvedRecord> known = List.copyOf(records);
        records.clear();
        known.forEach(this::leave);
    }

    private void leave(ResolvedRecord record) {
        List.copyOf(record.users()).forEach(AddressUser::release);
        List.copyOf(requesters).forEach(requester -> requester.vanished(record));
    }
}
