package dev.weir.sample.convert;

import dev.weir.sample.ConverterFamily;
import java.util.List;

/** All families of converters; a new one is a line here. */
public final class ConverterFamilies {
    public static final List<ConverterFamily> ALL = List.of(
            new ArithmeticConverters(),
            new LogicConverters(),
            new StringConverters(),
            new FieldConverters(),
            new UrlConverters(),
            new EncodingConverters(),
            new ChunkConverters(),
            new HashConverters(),
            new DigestConverters(),
            new DateConverters(),
            new AddressConverters(),
            new VariableConverters(),
            new WhenConverter(),
            new DebugConverter(),
            new MapConverters(),
            new ForwardedConverters(),
            new MqttConverters(),
            new FixConverters(),
            new HttpConverters(),
            new ProxyConverters(),
            new TableConverters());

    private ConverterFamilies() {}
}
