/**
 * From the checked model to what runs: settings of servers, pools and listeners, with addresses resolved, users looked up and
 * defaults filled in. Runs at start and at each reload, once every check has passed; may block on name servers.
 *
 * <p>Threads: single-threaded.
 */
package dev.weir.config.compile;
