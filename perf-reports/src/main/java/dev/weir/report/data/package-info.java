/**
 * What a run of the side-by-side runner left behind: one folder with {@code run.json}, histograms and configurations. Written by
 * {@code bench}, read by the renderer; records only, so that the file's shape can be read off them.
 */
package dev.weir.report.data;
