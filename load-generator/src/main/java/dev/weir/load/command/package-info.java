/** The command lines {@code weir load} and {@code weir origin}. Thread: main. */
package dev.weir.load.command;
