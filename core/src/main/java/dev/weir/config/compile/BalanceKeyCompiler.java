package dev.weir.config.compile;

import dev.weir.config.model.BalanceLine;
import dev.weir.config.model.Mode;
import dev.weir.config.model.ProxySection;
import dev.weir.proxy.key.BalanceKey;
import dev.weir.proxy.key.ExpressionKey;
import dev.weir.proxy.key.HeaderKey;
import dev.weir.proxy.key.RdpCookieKey;
import dev.weir.proxy.key.SourceKey;
import dev.weir.proxy.key.UriKey;
import dev.weir.proxy.key.UrlParameterKey;
import dev.weir.sample.Expression;
import dev.weir.sample.Hook;

/** Compiles a {@code balance} line to what it looks at in a request or connection. */
final class BalanceKeyCompiler {
    private final ProxyCompiler compiler;

    BalanceKeyCompiler(ProxyCompiler compiler) {
        this.compiler = compiler;
    }

    BalanceKey compile(ProxySection proxy) {
        var line = proxy.backend().balance();
        var part = line.part();
        if (line.algorithm().needsHttp() && proxy.mode() != Mode.HTTP) {
            return BalanceKey.NONE;
        }
        return switch (line.algorithm()) {
            case ROUNDROBIN, STATIC_RR, LEASTCONN, FIRST, RANDOM -> BalanceKey.NONE;
            case SOURCE -> new SourceKey();
            case HASH -> expressionKey(line);
            case URI -> new UriKey(part.length(), part.depth(), part.whole(), part.pathOnly());
            case URL_PARAM -> new UrlParameterKey(line.name());
            case HDR -> new HeaderKey(line.name(), part.domainOnly());
            case RDP_COOKIE -> new RdpCookieKey(line.name());
        };
    }

    private BalanceKey expressionKey(BalanceLine line) {
        Expression parsed = compiler.expression(line.at(), line.expression(), Hook.REQUEST);
        return parsed == null ? BalanceKey.NONE : new ExpressionKey(parsed);
    }
}
