/**
 * Header fields that tell servers where a request came from. Filled by the compiler, then only read; any loop.
 */
package dev.weir.proxy.field;
