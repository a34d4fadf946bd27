/**
 * A configuration as written: immutable records with the position of each line, nothing resolved. The parser fills them, the
 * checks read them, the compiler turns them into what runs.
 *
 * <p>Text that came from a configuration is a byte string: each char is one byte (ISO-8859-1), so that {@code \xC3} and a
 * literal letter in UTF-8 mean the same bytes as in HAProxy. Encode it with ISO-8859-1 to get the bytes back; a file name
 * goes through {@link dev.weir.config.model.ByteText#toNative}.
 *
 * <p>Threads: everything but {@link dev.weir.config.model.Problems} is immutable.
 */
package dev.weir.config.model;
