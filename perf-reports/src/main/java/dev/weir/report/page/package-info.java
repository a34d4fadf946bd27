/** {@code report.html}: tables made here, plots drawn by uPlot in the reader's browser from numbers within the page. Nothing is fetched. */
package dev.weir.report.page;
