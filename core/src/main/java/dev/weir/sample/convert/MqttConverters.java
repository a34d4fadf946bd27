package dev.weir.sample.convert;

import static dev.weir.sample.SampleType.BINARY;
import static dev.weir.sample.SampleType.BOOLEAN;
import static dev.weir.sample.SampleType.STRING;

import dev.weir.protocol.MqttField;
import dev.weir.protocol.MqttPacket;
import dev.weir.protocol.MqttPacketType;
import dev.weir.protocol.Validity;
import dev.weir.sample.Arguments;
import dev.weir.sample.ByteWriter;
import dev.weir.sample.ConverterFamily;
import dev.weir.sample.ConverterTable;
import dev.weir.sample.ParseContext;
import dev.weir.sample.ParseProblem;
import dev.weir.sample.Sample;

/** The first packets of MQTT connections. They allocate a packet each time, which is once a connection. */
final class MqttConverters implements ConverterFamily {
    private record Wanted(MqttPacketType packet, MqttField field) {}

    @Override
    public void describe(ConverterTable table) {
        table.add(
                "mqtt_is_valid",
                BINARY,
                BOOLEAN,
                "whether it is a CONNECT or CONNACK packet of MQTT 3.1, 3.1.1 or 5",
                (stream, args, sample) -> isValid(sample));
        table.add(
                "mqtt_field_value",
                BINARY,
                STRING,
                "str,str",
                "a field of a CONNECT or CONNACK packet of MQTT, by its name or as the number of a property",
                MqttConverters::check,
                (stream, args, sample) -> value(sample, args.compiled(Wanted.class)));
    }

    private static void check(Arguments args, ParseContext context) throws ParseProblem {
        MqttPacketType packet = MqttPacketType.of(args.text(0));
        if (packet == null) {
            throw new ParseProblem("Unknown MQTT type '%s'", args.text(0));
        }
        MqttField field = MqttField.of(args.text(1), packet);
        if (field == null) {
            throw new ParseProblem("Unknown MQTT field name '%s' for packet type '%s'", args.text(1), args.text(0));
        }
        args.compiled(new Wanted(packet, field));
    }

    private static boolean isValid(Sample sample) {
        Validity validity = new MqttPacket(sample.bytes(), null).read();
        sample.mayChange(validity == Validity.INCOMPLETE);
        return validity != Validity.INCOMPLETE && sample.bool(validity == Validity.VALID);
    }

    private static boolean value(Sample sample, Wanted wanted) {
        MqttPacket packet = new MqttPacket(sample.bytes(), wanted.field());
        Validity validity = packet.read();
        sample.mayChange(validity == Validity.INCOMPLETE);
        if (validity != Validity.VALID || packet.type() != wanted.packet()) {
            return false;
        }
        if (packet.number() >= 0) {
            ByteWriter out = sample.writer();
            out.putUnsigned(packet.number());
            return sample.string(out);
        }
        return packet.hasText() && sample.slice(packet.textOffset(), packet.textLength());
    }
}
