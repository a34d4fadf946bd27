/** Sample fetches, one file per family; {@link dev.weir.sample.fetch.FetchFamilies} lists them. Stateless; any loop. */
package dev.weir.sample.fetch;
