package dev.weir.sample.fetch;

import dev.weir.sample.FetchFamily;
import java.util.List;

/** All families of fetches; a new one is a line here. */
public final class FetchFamilies {
    public static final List<FetchFamily> ALL = List.of(
            new ConstantFetches(),
            new ProcessFetches(),
            new FrontendFetches(),
            new BackendFetches(),
            new ServerFetches(),
            new ClientConnectionFetches(),
            new ServerConnectionFetches(),
            new ProxyHeaderFetches(),
            new TcpInfoFetches(),
            new StreamFetches(),
            new TimerFetches(),
            new PayloadFetches(),
            new TlsHelloFetches(),
            new ProtocolFetches(),
            new StickFetches(),
            new RequestLineFetches(),
            new HeaderFetches(),
            new CookieFetches(),
            new UrlFetches(),
            new BodyFetches(),
            new ExchangeFetches(),
            new AuthorizationFetches(),
            new ConnectionStateFetches(),
            new TlsFetches());

    private FetchFamilies() {}
}
