/**
 * The statistics page: HAProxy's figures for people, in light and dark, on any screen, with and without scripts. Threads: those that
 * make answers of the process, never a loop.
 */
package dev.weir.cli.page;
