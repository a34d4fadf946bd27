/**
 * Converters, one file per family; {@link dev.weir.sample.convert.ConverterFamilies} lists them. Stateless beside what is
 * compiled into their arguments; any loop.
 */
package dev.weir.sample.convert;
