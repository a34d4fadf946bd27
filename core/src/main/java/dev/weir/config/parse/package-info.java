/**
 * From the text of configuration files to {@link dev.weir.config.model.Configuration}: tokens, preprocessor, the registry of
 * all of HAProxy's keywords, and the parsing code of those that are supported, which hangs at their rows.
 *
 * <p>To add a keyword: a row in its {@code ...Keywords} or {@code ...Options} file, a component in the model's record, and its
 * compile step. Enter at {@link dev.weir.config.parse.ConfigurationReader}. Single-threaded.
 */
package dev.weir.config.parse;
