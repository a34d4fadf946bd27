#!/usr/bin/env bash
# Three TLS servers with certificates of their own behind one port; the client verifies whom it reached.
source "$(dirname "$0")/../lib.sh"
need nginx nginx
need curl curl
need openssl openssl

free_port TLS_PORT; free_port SHOP_PORT; free_port API_PORT; free_port OTHER_PORT
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
tls_origin api "$API_PORT" v1.api.example
tls_origin other "$OTHER_PORT" other.example
proxy "$TLS_PORT"

ask() { get --connect-to "::127.0.0.1:$TLS_PORT" --cacert "$work/$1.pem" "https://$2/"; }
expect_equal "shop.example" shop "$(ask shop shop.example)"
expect_equal "SHOP.example, case does not matter" shop "$(ask shop SHOP.example)"
expect_equal "v1.api.example, by its end" api "$(ask api v1.api.example)"
expect_equal "any other name" other "$(ask other other.example)"
expect_equal "TLS 1.2 alike" shop \
    "$(get --tls-max 1.2 --connect-to "::127.0.0.1:$TLS_PORT" --cacert "$work/shop.pem" https://shop.example/)"
plain() { printf 'GET / HTTP/1.0\r\n\r\n' | timeout 60 "$BASH" -c "exec 3<>/dev/tcp/127.0.0.1/$TLS_PORT; cat >&3; cat <&3 | wc -c"; }
expect_equal "what is not TLS gets no answer" 0 "$(plain 2> /dev/null)"
proxy_ends
