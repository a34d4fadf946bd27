#!/usr/bin/env bash
# TLS to three API servers, of which one goes away.
source "$(dirname "$0")/../published.sh"
need openssl openssl

for port in API MCS CP1 CP2 CP3; do free_port "${port}_PORT"; done
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=kubernetes \
    -keyout "$work/key" -out "$work/cert" 2> /dev/null
cat > "$work/tls" <<TLS
ssl_certificate $work/cert; ssl_certificate_key $work/key;
$(for i in 1 2 3; do port=CP${i}_PORT; echo "server { listen 127.0.0.1:${!port} ssl; location / { return 200 'cp$i'; } }"; done)
TLS
nginx_origin control-planes "$CP1_PORT" "$work/tls"
published "$API_PORT" "$MCS_PORT"

ask() { get -k "https://127.0.0.1:$1/version"; }
all() { for _ in 1 2 3 4 5 6; do ask "$API_PORT"; echo; done | sort -u | xargs; }
is_everywhere() { [[ $(all) == "cp1 cp2 cp3" ]]; }
expect "all control planes are asked in turn" wait_for 60 is_everywhere
expect_equal "plain HTTP is turned away" 000 "$(get -o /dev/null -w '%{http_code}' "http://127.0.0.1:$API_PORT/" 2> /dev/null || true)"
expect_equal "new machines ask the first" "cp1" "$(for _ in 1 2 3; do ask "$MCS_PORT"; echo; done | sort -u | xargs)"
proxy_ends
