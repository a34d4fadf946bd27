/** What is exported to Prometheus: HAProxy's metrics under HAProxy's names, so that dashboards go on working. Any thread. */
package dev.weir.cli.metric;
