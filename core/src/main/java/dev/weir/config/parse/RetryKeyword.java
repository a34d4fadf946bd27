package dev.weir.config.parse;

import dev.weir.config.model.RetryEvent;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code retry-on}: the words add up, and what the defaults said is forgotten. HAProxy manual 4.2. */
final class RetryKeyword {
    private static final String NONE = "none";
    private static final String ALL = "all-retryable-errors";
    private static final Set<RetryEvent> RETRYABLE = EnumSet.of(
            RetryEvent.CONN_FAILURE,
            RetryEvent.EMPTY_RESPONSE,
            RetryEvent.JUNK_RESPONSE,
            RetryEvent.RESPONSE_TIMEOUT,
            RetryEvent.EARLY_DATA_REJECTED,
            RetryEvent.STATUS_500,
            RetryEvent.STATUS_502,
            RetryEvent.STATUS_503,
            RetryEvent.STATUS_504);
    private static final Map<String, RetryEvent> BY_WORD = byWord();

    private RetryKeyword() {}

    private static Map<String, RetryEvent> byWord() {
        Map<String, RetryEvent> events = new HashMap<>();
        for (RetryEvent event : RetryEvent.values()) {
            events.put(event.word(), event);
        }
        return events;
    }

    static void parse(ProxyDraft proxy, Line line) {
        if (!line.hasNext()) {
            line.alertSubject("needs at least one keyword to specify when to retry");
        }
        List<String> words = line.rest();
        Set<RetryEvent> events = EnumSet.noneOf(RetryEvent.class);
        for (String word : words) {
            if (word.equals(NONE) && words.size() > 1) {
                line.alertSubject("'none' keyword only usable alone");
            } else if (!word.equals(NONE)) {
                add(word, events, line);
            }
        }
        proxy.retryOn = events;
    }

    private static void add(String word, Set<RetryEvent> events, Line line) {
        RetryEvent event = BY_WORD.get(word);
        if (word.equals(ALL)) {
            events.addAll(RETRYABLE);
        } else if (event == null) {
            line.alert("'retry-on': unknown keyword '" + word + "'");
        } else {
            events.add(event);
        }
    }
}
