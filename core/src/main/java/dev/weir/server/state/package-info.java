/** Server state files: what one process knows of its servers, for the next. Read at the start, by the main thread. */
package dev.weir.server.state;
