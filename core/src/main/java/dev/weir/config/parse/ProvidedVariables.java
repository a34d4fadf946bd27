package dev.weir.config.parse;

import dev.weir.config.model.ByteText;
import java.util.List;

/** The environment variables that HAProxy itself provides to configurations. */
final class ProvidedVariables {
    private static final String TCP = "%ci:%cp [%t] %ft %b/%s %Tw/%Tc/%Tt %B %ts %ac/%fc/%bc/%sc/%rc %sq/%bq";
    private static final String HTTP =
            "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc"
                    + " %sq/%bq %hr %hs %{+Q}r";
    private static final String HTTPS =
            HTTP + " %[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed]"
                    + " %[ssl_fc_sni]/%sslv/%sslc";
    private static final String HTTP_CLF =
            "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr"
                    + " %Ta %tsc %ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl";
    private static final String TCP_CLF =
            "%{+Q}o %{-Q}ci - - [%T] \"TCP \" 000 %B \"\" \"\" %cp %ms %ft %b %s %Th %Tw %Tc %Tt"
                    + " %U %ts-- %ac %fc %bc %sc %rc %sq %bq \"\" \"\" ";

    private ProvidedVariables() {}

    static void set(Environment environment, List<String> files) {
        environment.set("HAPROXY_STARTUP_VERSION", Compatibility.VERSION);
        environment.set("HAPROXY_BRANCH", Compatibility.BRANCH);
        environment.set("HAPROXY_CFGFILES", ByteText.fromNative(String.join(";", files)));
        environment.set("HAPROXY_TCP_LOG_FMT", TCP);
        environment.set("HAPROXY_TCP_CLF_LOG_FMT", TCP_CLF);
        environment.set("HAPROXY_HTTP_LOG_FMT", HTTP);
        environment.set("HAPROXY_HTTP_CLF_LOG_FMT", HTTP_CLF);
        environment.set("HAPROXY_HTTPS_LOG_FMT", HTTPS);
    }
}
