package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.INTEGER;

import dev.weir.sample.Arguments;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.Sample;
import dev.weir.stream.Stream;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/** Arithmetic on 64-bit integers; what would overflow becomes the largest or smallest number. */
final class ArithmeticConverters implements ConverterFamily {
    @Override
    public void describe(ConverterTable table) {
        binary(table, "add", "adds a number or variable", ArithmeticConverters::add);
        binary(table, "sub", "subtracts a number or variable", ArithmeticConverters::subtract);
        binary(table, "mul", "multiplies by a number or variable", ArithmeticConverters::multiply);
        binary(
                table,
                "div",
                "divides by a number or variable; by 0 gives the largest number",
                ArithmeticConverters::divide);
        binary(table, "mod", "remainder of a division; by 0 gives 0", ArithmeticConverters::remainder);
        binary(table, "and", "bitwise and with a number or variable", (a, b) -> a & b);
        binary(table, "or", "bitwise or with a number or variable", (a, b) -> a | b);
        binary(table, "xor", "bitwise exclusive or with a number or variable", (a, b) -> a ^ b);
        unary(table, "neg", "the opposite number", a -> a == Long.MIN_VALUE ? Long.MAX_VALUE : -a);
        unary(table, "cpl", "all bits inverted", a -> ~a);
    }

    private static void binary(ConverterTable table, String name, String description, LongBinaryOperator operator) {
        table.add(
                name,
                INTEGER,
                INTEGER,
                "value",
                description,
                (stream, args, sample) -> apply(stream, args, sample, operator));
    }

    private static void unary(ConverterTable table, String name, String description, LongUnaryOperator operator) {
        table.add(
                name,
                INTEGER,
                INTEGER,
                description,
                (stream, args, sample) -> sample.integer(operator.applyAsLong(sample.low())));
    }

    private static boolean apply(Stream stream, Arguments args, Sample sample, LongBinaryOperator operator) {
        if (!args.isVariable(0)) {
            return sample.integer(operator.applyAsLong(sample.low(), args.number(0)));
        }
        Sample operand = sample.scratch().take();
        boolean isNumber = args.value(0, stream, operand);
        if (isNumber) {
            sample.integer(operator.applyAsLong(sample.low(), operand.low()));
        }
        sample.scratch().release(operand);
        return isNumber;
    }

    private static long add(long a, long b) {
        long sum = a + b;
        boolean isOverflow = ((a ^ sum) & (b ^ sum)) < 0;
        return isOverflow ? bound(a) : sum;
    }

    private static long subtract(long a, long b) {
        long difference = a - b;
        boolean isOverflow = ((a ^ b) & (a ^ difference)) < 0;
        return isOverflow ? bound(a) : difference;
    }

    private static long multiply(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        boolean fits = high == low >> 63;
        return fits ? low : bound(a ^ b);
    }

    private static long bound(long sign) {
        return sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    private static long divide(long a, long b) {
        if (b == 0 || a == Long.MIN_VALUE && b == -1) {
            return Long.MAX_VALUE;
        }
        return a / b;
    }

    private static long remainder(long a, long b) {
        return b == 0 || b == -1 ? 0 : a % b;
    }
}
