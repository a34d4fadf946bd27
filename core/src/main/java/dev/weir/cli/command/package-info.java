/** Commands of the runtime API, a family a file. Thread: the command's own. */
package dev.weir.cli.command;
