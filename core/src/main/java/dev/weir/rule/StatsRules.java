package dev.weir.rule;

import dev.weir.acl.Condition;
import dev.weir.protocol.http.FieldName;
import dev.weir.protocol.http.MessageHead;
import dev.weir.protocol.http.Method;
import dev.weir.protocol.http.Slice;
import dev.weir.rule.reply.CredentialsReply;
import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.reply.Reply;
import dev.weir.rule.service.Service;
import dev.weir.sample.Scratch;
import dev.weir.sample.Verdict;
import dev.weir.stream.Stream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The {@code stats} lines of a proxy as rules that run behind its {@code http-request} rules: whether a request is for the page,
 * whether it may see it, and who makes it. Each concerns only requests for the page. Single-threaded while it is filled.
 */
public final class StatsRules {
    /** How long the form of an admin may take. */
    private static final long FORM_MS = 10_000;

    private final DirectBuffer uri;
    private final String file;
    private final int line;
    private final List<HttpRule> rules = new ArrayList<>();
    private final List<Condition> allowed = new ArrayList<>();

    public StatsRules(String uri, String file, int line) {
        this.uri = new UnsafeBuffer(uri.getBytes(StandardCharsets.UTF_8));
        this.file = file;
        this.line = line;
    }

    /** {@code stats http-request allow}: what refuses after it does not concern these requests. */
    public void allow(Condition condition) {
        allowed.add(condition);
    }

    /** {@code stats http-request deny}. */
    public void deny(Condition condition) {
        refuse(HttpRuleResult.DENY, ErrorReplies.builtIn(403), condition);
    }

    /** {@code stats http-request auth}. */
    public void challenge(String realm, Condition condition) {
        refuse(HttpRuleResult.AUTH, new CredentialsReply(realm), condition);
    }

    private void refuse(HttpRuleResult result, Reply reply, Condition condition) {
        rules.add(new HttpRule(onPage(unlessAllowed((stream, scratch) -> result, reply)), condition, file, line));
    }

    /** A rule that refuses, for those whom nothing before has allowed. */
    private HttpAction unlessAllowed(HttpAction action, Reply reply) {
        List<Condition> before = List.copyOf(allowed);
        return new HttpAction() {
            @Override
            public HttpRuleResult run(Stream stream, Scratch scratch) {
                for (int i = 0; i < before.size(); i++) {
                    if (before.get(i).test(stream, scratch) == Verdict.PASS) {
                        return HttpRuleResult.CONTINUE;
                    }
                }
                return action.run(stream, scratch);
            }

            @Override
            public Reply reply() {
                return reply;
            }
        };
    }

    /** {@code stats auth}: without one of the accounts ({@code user:password}) the page asks for credentials. */
    public void accounts(List<String> accounts, String realm) {
        List<DirectBuffer> accepted = new ArrayList<>();
        for (String account : accounts) {
            String text = "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
            accepted.add(new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII)));
        }
        always(unlessAllowed(
                (stream, scratch) ->
                        isAccepted(stream.http().request(), accepted) ? HttpRuleResult.CONTINUE : HttpRuleResult.AUTH,
                new CredentialsReply(realm)));
    }

    private static boolean isAccepted(MessageHead head, List<DirectBuffer> accepted) {
        int field = head.find(FieldName.AUTHORIZATION, 0);
        if (field < 0) {
            return false;
        }
        long value = head.value(field);
        boolean isKnown = false;
        for (int i = 0; i < accepted.size(); i++) {
            isKnown |= isSame(head, value, accepted.get(i)); // looks at all, so that time tells nothing of which
        }
        return isKnown;
    }

    private static boolean isSame(MessageHead head, long value, DirectBuffer expected) {
        int difference = Slice.length(value) ^ expected.capacity();
        for (int i = 0; i < Math.min(Slice.length(value), expected.capacity()); i++) {
            difference |= head.byteAt(value, i) ^ expected.getByte(i) & 0xFF;
        }
        return difference == 0;
    }

    /** {@code stats admin}: whom the condition lets may change servers. */
    public void admin(Service service, Condition condition) {
        always((stream, scratch) -> {
            boolean isForm = stream.http().method() == Method.POST;
            if (isForm) {
                stream.http().await(FORM_MS, 0);
            }
            return isForm ? HttpRuleResult.WAIT_FOR_BODY : HttpRuleResult.CONTINUE;
        });
        rules.add(new HttpRule(onPage(new ServiceAction(service)), condition, file, line));
    }

    /** The page itself, for everybody else. */
    public HttpRules build(Service service) {
        always(new ServiceAction(service));
        return new HttpRules(rules);
    }

    private void always(HttpAction action) {
        rules.add(new HttpRule(onPage(action), Condition.ALWAYS, file, line));
    }

    private HttpAction onPage(HttpAction action) {
        return new HttpAction() {
            @Override
            public HttpRuleResult run(Stream stream, Scratch scratch) {
                return isForPage(stream.http().request()) ? action.run(stream, scratch) : HttpRuleResult.CONTINUE;
            }

            @Override
            public Reply reply() {
                return action.reply();
            }

            @Override
            public Service service() {
                return action.service();
            }
        };
    }

    /** The target begins with the page's, as HAProxy has it. */
    private boolean isForPage(MessageHead head) {
        long target = head.target();
        int length = uri.capacity();
        if (Slice.length(target) < length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (head.byteAt(target, i) != (uri.getByte(i) & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
