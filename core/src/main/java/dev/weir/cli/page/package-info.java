/** The statistics page: HAProxy's figures for people, in light and dark, on any screen, with and without scripts. */
package dev.weir.cli.page;
