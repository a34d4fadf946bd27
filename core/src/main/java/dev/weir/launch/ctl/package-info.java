/** {@code weir ctl}: a client of the runtime API for people and scripts. One thread. */
package dev.weir.launch.ctl;
