package dev.weir.server.check.script;

import dev.weir.sample.ParseProblem;
import dev.weir.sample.Words;
import dev.weir.server.check.script.CheckScript.Dialect;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a script of {@code tcp-check} or {@code http-check} lines, in order. What such a script may leave out is filled in: it
 * connects first, and an HTTP request that is followed by nothing wants a status of 200 to 399. Single-threaded.
 */
public final class ScriptParser {
    private static final String FIRST_STEP =
            "first step MUST also be a 'connect', optionally preceded by a 'set-var', an"
                    + " 'unset-var' or a 'comment', when there is a 'connect' step in the tcp-check ruleset";

    private final boolean isHttp;
    private final boolean isGoneMeaningful;
    private final boolean sendsState;
    /** In order, remarks left out. */
    private final List<Step> steps = new ArrayList<>();
    /** For each of {@link #steps}: what {@code comment} lines say about it. */
    private final List<String> remarks = new ArrayList<>();

    private String remark;
    private int lastNumber;
    /** The request of {@code option httpchk}, until a {@code send} line is merged with it; null if there is none. */
    private HttpRequest optionRequest;

    private HttpRequest sentRequest;
    private int sentAt = -1;

    private ScriptParser(boolean isHttp, boolean isGoneMeaningful, boolean sendsState) {
        this.isHttp = isHttp;
        this.isGoneMeaningful = isGoneMeaningful;
        this.sendsState = sendsState;
    }

    /** {@code option tcp-check}. */
    public static ScriptParser tcp() {
        return new ScriptParser(false, false, false);
    }

    /**
     * {@code option httpchk}.
     *
     * @param isGoneMeaningful {@code http-check disable-on-404}
     * @param sendsState {@code http-check send-state}
     */
    public static ScriptParser http(boolean isGoneMeaningful, boolean sendsState) {
        return new ScriptParser(true, isGoneMeaningful, sendsState);
    }

    // ---- lines ----

    /** Adds a line. @param words from its second word on; byte strings */
    public void add(Words words, CheckTools tools) throws ParseProblem {
        String keyword = words.next();
        String subject = "'" + (isHttp ? "http-check " : "tcp-check ") + keyword + "' : ";
        try {
            add(keyword, words, tools);
        } catch (ParseProblem problem) {
            throw new ParseProblem("%s", subject + problem.getMessage() + ".");
        }
    }

    private void add(String keyword, Words words, CheckTools tools) throws ParseProblem {
        int number = lastNumber + 1;
        int parenthesis = keyword.indexOf('(');
        switch (parenthesis < 0 ? keyword : keyword.substring(0, parenthesis)) {
            case "comment" -> {
                remark = StepParser.argument("comment", "a string", words);
                lastNumber = number;
            }
            case "connect" -> connect(new ConnectParser(tools, isHttp).parse(number, words));
            case "expect" -> expect(new ExpectParser(tools, isHttp).parse(number, words));
            case "set-var", "set-var-fmt", "unset-var" -> {
                append(StepParser.variable(number, keyword, words, tools));
                remark = null;
            }
            case "send" -> {
                if (isHttp) {
                    send(number, words, tools);
                } else {
                    append(StepParser.send(number, keyword, words, tools));
                }
            }
            default -> append(StepParser.send(number, keyword, words, tools));
        }
    }

    /** Adds {@code option httpchk}, which stands among the lines. @param words behind it; byte strings */
    public void addOption(Words words, CheckTools tools) throws ParseProblem {
        HttpRequest request;
        try {
            request = new HttpSendParser(tools).parseOption(words);
        } catch (ParseProblem problem) {
            throw new ParseProblem("%s", "'option httpchk' : " + problem.getMessage() + ".");
        }
        if (sentAt >= 0 && sentAt == firstBehindConnection()) {
            sentRequest.overwrite(request);
            steps.set(
                    sentAt,
                    sendStep(steps.get(sentAt).number(), steps.get(sentAt).comment(), sentRequest));
        } else {
            optionRequest = request;
        }
    }

    private void connect(ConnectStep connect) throws ParseProblem {
        Step last = last();
        if (isHttp && last != null && !(last instanceof ExpectStep)) {
            throw misplaced("connect", connect.number(), "expect");
        }
        if (last != null && !(first() instanceof ConnectStep)) {
            throw new ParseProblem(FIRST_STEP);
        }
        append(connect);
        remark = null;
    }

    private void expect(ExpectStep expect) throws ParseProblem {
        Step last = last();
        if (isHttp && last instanceof ConnectStep) {
            throw misplaced("expect", expect.number(), "send");
        }
        append(expect.withHead(head(expect)));
    }

    /** Position of the first inverse step among those that look at the same bytes, or its own. */
    private int head(ExpectStep expect) {
        int head = steps.size();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof ExpectStep before) {
                head = before.isInverse() ? i : head;
            } else if (!(steps.get(i) instanceof VariableStep)) {
                break;
            }
        }
        return head;
    }

    private void send(int number, Words words, CheckTools tools) throws ParseProblem {
        var parser = new HttpSendParser(tools);
        HttpRequest request = parser.parse(words);
        Step last = last();
        if (last != null && !(last instanceof ConnectStep)) {
            throw misplaced("send", number, "connect");
        }
        boolean isMerged = optionRequest != null;
        if (isMerged) {
            optionRequest.overwrite(request);
        }
        sentRequest = isMerged ? optionRequest : request;
        optionRequest = null;
        sentAt = sentAt < 0 ? steps.size() : sentAt;
        append(sendStep(isMerged ? 1 : number, parser.comment(), sentRequest));
    }

    private SendStep sendStep(int number, String comment, HttpRequest request) {
        return new SendStep(number, comment, request.payload(sendsState));
    }

    private static ParseProblem misplaced(String step, int number, String missing) {
        return new ParseProblem("unable to add http-check %s rule at step %d (missing %s rule)", step, number, missing);
    }

    private void append(Step step) {
        steps.add(step);
        remarks.add(remark);
        lastNumber = step.number();
    }

    // ---- looking back ----

    private Step first() {
        for (Step step : steps) {
            if (!(step instanceof VariableStep)) {
                return step;
            }
        }
        return null;
    }

    private Step last() {
        for (Step step : steps.reversed()) {
            if (!(step instanceof VariableStep)) {
                return step;
            }
        }
        return null;
    }

    /** Position of the first step that is not about variables and not the first connection. */
    private int firstBehindConnection() {
        boolean isConnected = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step instanceof ConnectStep && !isConnected) {
                isConnected = true;
            } else if (!(step instanceof VariableStep)) {
                return i;
            }
        }
        return steps.size();
    }

    // ---- the whole ----

    public CheckScript build() {
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            all.add(step.comment() == null ? step.withComment(remarks.get(i)) : step);
        }
        if (isHttp) {
            completeHttp(all);
        }
        if (!(first() instanceof ConnectStep)) {
            all.addFirst(ConnectStep.IMPLICIT);
            shiftHeads(all);
        }
        return new CheckScript(isHttp ? Dialect.HTTP : Dialect.TCP, all, isGoneMeaningful);
    }

    private void completeHttp(List<Step> all) {
        Step last = last();
        int number = lastNumber;
        if (optionRequest != null) {
            boolean isBehind = first() instanceof ConnectStep;
            int at = isBehind ? steps.indexOf(first()) + 1 : 0;
            all.add(at, sendStep(1, null, optionRequest));
            shiftHeads(all);
            number = Math.max(number, 1);
        }
        if (!(last instanceof ExpectStep)) {
            all.add(new ExpectStep(
                    number + 1, null, StatusExpectation.USUAL, false, -1, all.size(), ExpectStep.Outcomes.DEFAULT));
        }
    }

    /** A step was put in front. */
    private static void shiftHeads(List<Step> all) {
        all.replaceAll(step -> step instanceof ExpectStep expect ? expect.withHead(expect.head() + 1) : step);
    }
}
