/** What virtual users and the origin share on an event loop: alarms, bytes. Thread: the loop's. */
package dev.weir.load.loop;
