package dev.weir.rule;

import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.ExpressionParser;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Quantity;
import dev.weir.sample.TableKey;
import dev.weir.sample.Words;
import dev.weir.stick.StickTable;
import dev.weir.stick.StoredData;
import dev.weir.stream.BandwidthSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the {@code filter bwlim-in} and {@code filter bwlim-out} lines of one proxy. One thread, while parsing. HAProxy manual 9.7. */
public final class BandwidthFilterParser {
    /** More than any proxy has filters. */
    private static final int RANK_OF_BACKENDS = 1 << 20;

    private final ExpressionParser expressions;
    private final Map<String, BandwidthFilter> filters = new LinkedHashMap<>();

    public BandwidthFilterParser(ExpressionParser expressions) {
        this.expressions = expressions;
    }

    /** Adds a line; {@code words} start at the filter's kind. */
    public void add(Words words, ParseContext context) throws ParseProblem {
        String kind = words.next();
        try {
            Line line = new Line();
            line.read(words, context);
            BandwidthFilter filter = line.build(kind.equals("bwlim-in"), context);
            if (filters.putIfAbsent(filter.settings().name(), filter) != null) {
                throw new ParseProblem(
                        "bwlim filter '%s' already declared for proxy '%s'",
                        filter.settings().name(), RuleMessages.name(context));
            }
        } catch (ParseProblem problem) {
            throw new ParseProblem("'filter' : '%s' : %s", kind, problem.getMessage());
        }
    }

    /** By name, in order. */
    public Map<String, BandwidthFilter> build() {
        return filters;
    }

    /** What one line says. */
    private final class Line {
        private String name;
        private long bytesMax;
        private long periodMs;
        private long bytesMin;
        private Expression key;
        private String table = "";
        private boolean isShared;
        private boolean isOwn;

        void read(Words words, ParseContext context) throws ParseProblem {
            name = words.next();
            if (name.isEmpty()) {
                throw new ParseProblem("a name is expected as first argument");
            }
            while (words.hasNext()) {
                option(words.next(), words, context);
            }
        }

        private void option(String word, Words words, ParseContext context) throws ParseProblem {
            switch (word) {
                case "key", "table", "limit" -> isShared = true;
                case "default-limit", "default-period" -> isOwn = true;
                case "min-size" -> {}
                default -> throw new ParseProblem("unknown keyword '%s'.", word);
            }
            if (isShared && isOwn) {
                throw new ParseProblem("cannot mix per-stream and shared parameter");
            }
            if (!words.hasNext()) {
                String what = word.equals("key") ? "sample expression" : word.equals("table") ? "table name" : "value";
                throw new ParseProblem("the %s is missing for '%s' option", what, word);
            }
            switch (word) {
                case "key" -> key = expressions.parse(words, context);
                case "table" -> table = words.next();
                case "limit", "default-limit" -> bytesMax = quantity(word, words.peek(), Quantity.size(words.next()));
                case "min-size" -> bytesMin = quantity(word, words.peek(), Quantity.size(words.next()));
                default -> periodMs = quantity(word, words.peek(), Quantity.timeMs(words.next(), 1));
            }
        }

        private static long quantity(String option, String text, long value) throws ParseProblem {
            if (value < 0) {
                throw new ParseProblem(
                        "invalid value for option '%s' (unexpected character '%c')", option, Quantity.offender(text));
            }
            return value;
        }

        BandwidthFilter build(boolean isUpload, ParseContext context) throws ParseProblem {
            require(isShared ? key != null : periodMs > 0, isShared ? "key" : "default-period");
            require(bytesMax > 0, isShared ? "limit" : "default-limit");
            int rank = filters.size() + (context.frontend() == null ? RANK_OF_BACKENDS : 0);
            StickTable shared = isShared ? table(isUpload, context) : null;
            return new BandwidthFilter(
                    new BandwidthSettings(name, isUpload, rank, bytesMax, periodMs, bytesMin, shared), key);
        }

        private static void require(boolean isThere, String option) throws ParseProblem {
            if (!isThere) {
                throw new ParseProblem("<%s> option is missing", option);
            }
        }

        private StickTable table(boolean isUpload, ParseContext context) throws ParseProblem {
            StickTable found = context.table(table);
            String shown = table.isEmpty() ? RuleMessages.name(context) : table;
            StoredData rate = isUpload ? StoredData.BYTES_IN_RATE : StoredData.BYTES_OUT_RATE;
            if (found == null) {
                throw new ParseProblem("unable to find table '%s' referenced by bwlim filter '%s'", shown, name);
            }
            if (!found.stores(rate)) {
                throw new ParseProblem(
                        "stick-table '%s' uses a data type incompatible with bwlim filter '%s'. It must be '%s'",
                        shown, name, rate.text());
            }
            if (!Casts.isPossible(key.type(), TableKey.typeFor(found.settings()))) {
                throw new ParseProblem(
                        "stick-table '%s' uses a key type incompatible with bwlim filter '%s'", shown, name);
            }
            return found;
        }
    }
}
