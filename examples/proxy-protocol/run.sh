#!/usr/bin/env bash
# nginx behind two levels must see the client's own address and port, which travel in PROXY headers of version 2, then 1.
source "$(dirname "$0")/../lib.sh"
need nginx nginx
need curl curl

free_port EDGE_PORT; free_port INNER_PORT; free_port N1_PORT
cat > "$work/n1.http" << CONF
server { listen 127.0.0.1:$N1_PORT proxy_protocol;
         location / { return 200 '\$proxy_protocol_addr \$proxy_protocol_port\n'; } }
CONF
nginx_origin n1 "$N1_PORT" "$work/n1.http"
proxy "$EDGE_PORT" "$INNER_PORT"
url=http://127.0.0.1:$EDGE_PORT/

expect_equal "the client's address" 127.0.0.9 "$(get --interface 127.0.0.9 "$url" | cut -d ' ' -f 1)"
free_port SOURCE_PORT
expect_equal "and its port" "127.0.0.7 $SOURCE_PORT" "$(get --interface 127.0.0.7 --local-port "$SOURCE_PORT" "$url")"
refused() { ! get --interface 127.0.0.66 "$url"; }
expect "a client is refused by the address in the header" refused
version1() { get --haproxy-protocol --interface 127.0.0.5 "http://127.0.0.1:$INNER_PORT/" | cut -d ' ' -f 1; }
expect_equal "a header of version 1 from curl itself" 127.0.0.5 "$(version1)"
no_header() { ! get "http://127.0.0.1:$INNER_PORT/"; }
expect "no header, no service" no_header
proxy_ends
