package dev.weir.rule;

import dev.weir.rule.reply.ErrorReplies;
import dev.weir.rule.service.Service;

/** What rules refer to by name in the configuration around them. Implemented by whoever compiles configurations. */
public interface RuleResources {
    /** A configuration without anything to refer to. */
    RuleResources NONE = new RuleResources() {
        @Override
        public ErrorReplies errorSection(String name) {
            return null;
        }

        @Override
        public Service service(String name) {
            return null;
        }

        @Override
        public NameResolver resolver(String section) {
            return null;
        }

        @Override
        public int bufferBytes() {
            return DEFAULT_BUFFER_BYTES;
        }
    };

    int DEFAULT_BUFFER_BYTES = 16384;

    /** The replies of an {@code http-errors} section, null if there is none of that name. */
    ErrorReplies errorSection(String name);

    /** What {@code use-service} names, null if there is none of that name. */
    Service service(String name);

    /** The name servers of a {@code resolvers} section, null if there is none of that name. */
    NameResolver resolver(String section);

    /** The bandwidth limit that a {@code filter} line of the rule's proxy names, null if there is none. */
    default BandwidthFilter bandwidthFilter(String name) {
        return null;
    }

    /** {@code tune.bufsize}: what a reply has to fit in. */
    int bufferBytes();
}
