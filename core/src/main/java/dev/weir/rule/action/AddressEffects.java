package dev.weir.rule.action;

import dev.weir.bridge.transport.SocketName;
import dev.weir.rule.ActionTools;
import dev.weir.rule.Effect;
import dev.weir.sample.Casts;
import dev.weir.sample.Expression;
import dev.weir.sample.Hook;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;
import dev.weir.sample.SampleType;
import dev.weir.sample.Words;
import dev.weir.stream.Stream;
import dev.weir.stream.StreamSide;
import dev.weir.stream.ValueType;

/**
 * {@code set-src}, {@code set-dst} and their ports. Rules of the connection level change the connection's names, later ones
 * only the stream's. Stateless.
 */
public final class AddressEffects {
    private AddressEffects() {}

    private static boolean isOfConnection(ActionTools tools) {
        Hook hook = tools.context().hook();
        return hook == Hook.CONNECTION || hook == Hook.SESSION;
    }

    private static SocketName source(Stream stream, boolean isOfConnection) {
        StreamSide side = stream.clientSide();
        return isOfConnection ? side.connectionSource() : side.changeSource();
    }

    private static SocketName destination(Stream stream, boolean isOfConnection) {
        StreamSide side = stream.clientSide();
        return isOfConnection ? side.connectionDestination() : side.changeDestination();
    }

    private interface End {
        SocketName of(Stream stream, boolean isOfConnection);
    }

    public static Effect setSource(String name, Words words, ActionTools tools) throws ParseProblem {
        return setAddress(words, tools, AddressEffects::source);
    }

    public static Effect setDestination(String name, Words words, ActionTools tools) throws ParseProblem {
        return setAddress(words, tools, AddressEffects::destination);
    }

    private static Effect setAddress(Words words, ActionTools tools, End end) throws ParseProblem {
        Expression expression = ActionWords.castable(ActionWords.expression(words, tools), SampleType.ADDRESS);
        boolean isOfConnection = isOfConnection(tools);
        return (stream, scratch) -> {
            Sample sample = scratch.take();
            if (expression.evaluateFinal(stream, sample) && Casts.cast(sample, SampleType.ADDRESS)) {
                SocketName name = end.of(stream, isOfConnection);
                if (sample.type() == ValueType.IPV4) {
                    name.ipv4((int) sample.low(), name.port());
                } else {
                    name.ipv6(sample.high(), sample.low(), name.port());
                }
            }
            scratch.release(sample);
        };
    }

    public static Effect setSourcePort(String name, Words words, ActionTools tools) throws ParseProblem {
        boolean isOfConnection = isOfConnection(tools);
        return ActionWords.number(words, tools, (stream, value) -> setPort(source(stream, isOfConnection), value));
    }

    public static Effect setDestinationPort(String name, Words words, ActionTools tools) throws ParseProblem {
        boolean isOfConnection = isOfConnection(tools);
        return ActionWords.number(words, tools, (stream, value) -> setPort(destination(stream, isOfConnection), value));
    }

    /** Without an address the port would be lost: 0.0.0.0 takes its place. */
    private static void setPort(SocketName name, long port) {
        boolean hasAddress = name.family() == SocketName.Family.IPV4 || name.family() == SocketName.Family.IPV6;
        if (hasAddress) {
            name.port((int) port & 0xFFFF);
        } else {
            name.ipv4(0, (int) port & 0xFFFF);
        }
    }
}
