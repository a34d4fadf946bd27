package dev.weir.rule.service;

/**
 * What a service may know of a request; copied, since the service runs while the session waits.
 *
 * @param method such as {@code GET}
 * @param path without the query
 * @param query behind the question mark, empty if there is none
 * @param host of the request, empty if it named none
 * @param origin the {@code Origin} field, empty if there is none
 * @param acceptsOpenMetrics whether the {@code Accept} field names that type
 * @param body as far as it was waited for
 */
public record ServiceRequest(
        String method,
        String path,
        String query,
        String host,
        String origin,
        boolean acceptsOpenMetrics,
        String body) {}
