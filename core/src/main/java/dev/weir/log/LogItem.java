package dev.weir.log;

import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;

/** A piece of a format. Closed set. */
sealed interface LogItem {

    void write(LineWriter line);

    /** The key in an encoded line, null for an item without one. */
    byte[] name();

    /** The item as part of a line with these flags. */
    default LogItem within(FormatFlags line) {
        return this;
    }

    /** Text as it stands. */
    record Text(byte[] bytes) implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.raw().put(bytes);
        }

        @Override
        public byte[] name() {
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
        public byte[] name() {
            return null;
        }
    }

    /** {@code %alias}. */
    record Alias(LogAlias alias, FormatFlags flags, byte[] name, SampleType type) implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.flags(flags, type);
            alias.write(line);
        }

        @Override
        public LogItem within(FormatFlags line) {
            return new Alias(alias, flags.within(line), name, type);
        }
    }

    /** {@code %[expression]}. A missing value is a dash. */
    record Value(Expression expression, FormatFlags flags, byte[] name, SampleType type) implements LogItem {
        @Override
        public void write(LineWriter line) {
            line.flags(flags, null);
            Sample sample = line.scratch().take();
            write(line, sample);
            line.scratch().release(sample);
        }

        private void write(LineWriter line, Sample sample) {
            boolean isPresent = expression.evaluateFinal(line.stream(), sample);
            if (flags.isEncoded()) {
                isPresent = isPresent && (type == null || Casts.cast(sample, type));
                if (isPresent && writeTyped(line, sample)) {
                    return;
                }
            }
            if (isPresent && Casts.cast(sample, SampleType.STRING)) {
                line.value(sample.bytes(), sample.length());
            } else {
                line.missing();
            }
        }

        /** Types that the encoding has itself. */
        private static boolean writeTyped(LineWriter line, Sample sample) {
            switch (sample.type()) {
                case SINT -> line.number(sample.low());
                case BOOL -> line.bool(sample.low() != 0);
                case BIN -> line.binary(sample.bytes(), sample.length());
                case IPV4, IPV6, STR, METH -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        public LogItem within(FormatFlags line) {
            return new Value(expression, flags.within(line), name, type);
        }
    }
}
