package dev.weir.log;

import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.stream.ValueType;

/** A piece of a format. Closed set. */
sealed interface LogItem {

    void write(LineWriter line);

    /** The key in an encoded line, null for an item without one. */
    String name();

    /** Text as it stands. */
    record Text(byte[] bytes) implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.raw().put(bytes);
        }

        @Override
        public String name() {
            return null;
        }
    }

    /** One or more blanks. */
    record Separator() implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.separator();
        }

        @Override
        public String name() {
            return null;
        }
    }

    /** {@code %alias}. */
    record Alias(LogAlias alias, FormatFlags flags, String name, SampleType type) implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.flags(flags);
            alias.write(line);
        }
    }

    /** {@code %[expression]}. A missing value is a dash. */
    record Value(Expression expression, FormatFlags flags, String name, SampleType type) implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.flags(flags);
            Sample sample = line.scratch().take();
            write(line, sample);
            line.scratch().release(sample);
        }

        private void write(LineWriter line, Sample sample) {
            boolean isPresent = expression.evaluateFinal(line.stream(), sample);
            if (isPresent && type != null) {
                isPresent = Casts.cast(sample, type);
            }
            if (isPresent && flags.isJson() && writeJsonLiteral(line, sample)) {
                return;
            }
            if (isPresent && Casts.cast(sample, SampleType.STRING)) {
                line.text(sample.bytes(), sample.length());
            } else {
                line.missing();
            }
        }

        private static boolean writeJsonLiteral(LineWriter line, Sample sample) {
            if (sample.type() == ValueType.SINT) {
                line.number(sample.low());
                return true;
            }
            if (sample.type() == ValueType.BOOL) {
                line.raw().put(sample.low() != 0 ? "true" : "false");
                return true;
            }
            return false;
        }
    }
}
