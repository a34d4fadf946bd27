#!/usr/bin/env bash
# TLS and plain HTTP on the same port: two TLS servers by name, an ACME responder behind plain HTTP, and redirects for the rest.
source "$(dirname "$0")/../lib.sh"
need nginx nginx
need curl curl
need openssl openssl

free_port DOOR_PORT; free_port ACME_PORT; free_port SHOP_PORT; free_port OTHER_PORT
tls_origin() { # NAME PORT HOST
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$3" \
        -addext "subjectAltName=DNS:$3" -keyout "$work/$1.key" -out "$work/$1.pem" 2> "$work/openssl.log"
    cat > "$work/$1.http" << CONF
server { listen 127.0.0.1:$2 ssl; ssl_certificate $work/$1.pem; ssl_certificate_key $work/$1.key;
         location / { return 200 '$1\n'; } }
CONF
    nginx_origin "$1" "$2" "$work/$1.http"
}
tls_origin shop "$SHOP_PORT" shop.example
tls_origin other "$OTHER_PORT" other.example
cat > "$work/acme.http" << CONF
server { listen 127.0.0.1:$ACME_PORT; location / { return 200 'token for \$http_x_forwarded_for\n'; } }
CONF
nginx_origin acme "$ACME_PORT" "$work/acme.http"
proxy "$DOOR_PORT"

tls() { get --connect-to "::127.0.0.1:$DOOR_PORT" --cacert "$work/$1.pem" "https://$2/"; }
expect_equal "TLS for shop.example" shop "$(tls shop shop.example)"
expect_equal "TLS for any other name" other "$(tls other other.example)"

plain=http://127.0.0.1:$DOOR_PORT
challenge=$plain/.well-known/acme-challenge/x
expect_equal "plain HTTP, a challenge" "token for 127.0.0.1" "$(get "$challenge")"
expect_equal "plain HTTP, anything else" "301 https://shop.example/a?b" \
    "$(get -o "$work/body" -w '%{http_code} %{redirect_url}' -H 'Host: shop.example' "$plain/a?b")"
expect_equal "one after the other on one connection" "200 301 200 connections: 1" \
    "$(get -o "$work/body" -o "$work/body" -o "$work/body" -w '%{http_code} %{num_connects}\n' "$challenge" "$plain/" "$challenge" \
        | awk '{codes = codes $1 " "; sum += $2} END {print codes "connections: " sum}')"
other() { printf '\0\1\2\3' | timeout 60 "$BASH" -c "exec 3<>/dev/tcp/127.0.0.1/$DOOR_PORT; cat >&3; cat <&3 | wc -c"; }
expect_equal "what is neither gets no answer" 0 "$(other 2> /dev/null)"
proxy_ends
