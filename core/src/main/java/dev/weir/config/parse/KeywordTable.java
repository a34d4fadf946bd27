package dev.weir.config.parse;

import dev.weir.config.parse.Keyword.LineParser;
import dev.weir.config.parse.Keyword.State;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The keywords of one family, such as the options of a {@code bind} line. A name may have several words ({@code rate-limit sessions}).
 * Filled once, then only read.
 *
 * @param <D> what a line of the family fills
 */
public final class KeywordTable<D> {
    private static final int NAME_WORDS_MAX = 3;

    private final String title;
    private final Map<String, Keyword<D>> rows = LinkedHashMap.newLinkedHashMap(64);
    private final Set<String> calls = new HashSet<>();
    private String manual = "";

    /** @param title what the documentation calls the family */
    KeywordTable(String title) {
        this.title = title;
    }

    /** Section of the manual for the rows that follow. */
    KeywordTable<D> manual(String section) {
        manual = section;
        return this;
    }

    void supported(String name, int where, String note, LineParser<D> parser) {
        add(new Keyword<>(name, where, State.SUPPORTED, manual, note, null, parser));
    }

    /** A row of one word that may have parentheses behind it; its parser finds the word before the cursor. */
    void supportedCall(String name, int where, String note, LineParser<D> parser) {
        supported(name, where, note, parser);
        calls.add(name);
    }

    /** Rows that take any words and change nothing. */
    void withoutEffect(String reason, String... names) {
        for (String name : names) {
            add(new Keyword<>(name, 0, State.WITHOUT_EFFECT, manual, reason, null, null));
        }
    }

    /** A row without effect that takes its words as a supported one does: {@code parser} notes what checks ask for. */
    void withoutEffect(String reason, String name, int where, LineParser<D> parser) {
        add(new Keyword<>(name, where, State.WITHOUT_EFFECT, manual, reason, null, parser));
    }

    /** Rows that are refused. */
    void known(Topic topic, String... names) {
        for (String name : names) {
            add(new Keyword<>(name, 0, State.KNOWN, manual, topic.description(), topic, null));
        }
    }

    /** A row that is refused, and why. */
    void refused(Topic topic, String name, String reason) {
        add(new Keyword<>(name, 0, State.KNOWN, manual, reason, topic, null));
    }

    /** @param advice the end of the message: since when, and what to use */
    void removed(String advice, String... names) {
        for (String name : names) {
            add(new Keyword<>(name, 0, State.REMOVED, manual, advice, null, null));
        }
    }

    private void add(Keyword<D> keyword) {
        if (rows.put(keyword.name(), keyword) != null) {
            throw new IllegalStateException("keyword registered twice: " + keyword.name());
        }
    }

    public String title() {
        return title;
    }

    public Collection<Keyword<D>> rows() {
        return rows.values();
    }

    /** The row of that name, or null. */
    public Keyword<D> find(String name) {
        return rows.get(name);
    }

    /**
     * Looks at the next words, as many as a name has, and moves the line behind them; null if there is no such row. A last word
     * with parentheses stays on the line: {@code tcp-check set-var(check.x)} is a row {@code tcp-check set-var}.
     */
    Keyword<D> take(Line line) {
        for (int words = Math.min(NAME_WORDS_MAX, line.count() - line.cursor()); words > 0; words--) {
            String last = line.word(line.cursor() + words - 1);
            int parenthesis = words == 1 ? -1 : last.indexOf('(');
            String name = line.words(words);
            if (parenthesis >= 0) {
                name = name.substring(0, name.length() - last.length() + parenthesis);
            }
            Keyword<D> keyword = rows.get(name);
            if (keyword != null) {
                line.moveTo(line.cursor() + words - (parenthesis < 0 ? 0 : 1));
                return keyword;
            }
        }
        return takeCall(line);
    }

    private Keyword<D> takeCall(Line line) {
        String word = line.peek();
        int parenthesis = word.indexOf('(');
        String name = parenthesis < 0 ? "" : word.substring(0, parenthesis);
        if (!calls.contains(name)) {
            return null;
        }
        line.next();
        return rows.get(name);
    }

    /** Second words of the rows that start with {@code first}, for a message; empty if there are none. */
    String secondWords(String first) {
        var words = new StringBuilder();
        for (String name : rows.keySet()) {
            if (name.startsWith(first + ' ')) {
                words.append(words.isEmpty() ? "'" : ", '")
                        .append(name, first.length() + 1, name.length())
                        .append('\'');
            }
        }
        return words.toString();
    }

    /** The end of a message that suggests the nearest name, or nothing. */
    String hint(String word) {
        return nearest(word).hint();
    }

    Nearest nearest(String word) {
        var nearest = new Nearest(word);
        for (String name : rows.keySet()) {
            int space = name.indexOf(' ');
            nearest.offer(space < 0 ? name : name.substring(0, space));
        }
        return nearest;
    }

    /**
     * Does what a row's state asks for; the line stands behind the keyword.
     *
     * @param subject how messages name the place
     */
    void apply(Keyword<D> keyword, D draft, Line line, String subject) {
        switch (keyword.state()) {
            case SUPPORTED -> {
                line.subject(subject);
                keyword.parser().parse(draft, line);
            }
            case WITHOUT_EFFECT -> {
                if (keyword.parser() == null) {
                    line.rest();
                } else {
                    line.subject(subject);
                    keyword.parser().parse(draft, line);
                }
                line.notice("'" + keyword.name() + "' has no effect in Weir: " + keyword.note());
            }
            case KNOWN -> {
                line.rest();
                line.alert("'" + keyword.name() + "' is a HAProxy keyword that this version of Weir does not support ("
                        + keyword.note() + ")");
            }
            case REMOVED -> {
                line.rest();
                line.alert("the '" + keyword.name() + "' keyword is not supported anymore " + keyword.note());
            }
        }
    }
}
