/** What people and programs read of a run: text, JSON, CSV, HdrHistogram's files, a page. Knows no sockets. Thread: main. */
package dev.weir.load.report;
