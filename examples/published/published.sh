# Shared by the examples in this folder: configurations as people publish them, before origins that tell what they were asked.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
need curl curl
need nginx nginx
example=published/${here##*/}

# mirrors PORT...: one server for each variable that holds a port. It answers a line for each thing it was told; see field.
mirrors() {
    local variable
    {
        for variable in "$@"; do
            cat << SERVER
server {
    listen 127.0.0.1:${!variable};
    client_max_body_size 10m; client_body_buffer_size 4m;
    location = /music { default_type audio/mp3; return 200 la; }
    location = /upgrade { add_header Connection upgrade always; add_header Upgrade websocket always; add_header Sec-WebSocket-Accept s3pPLMBiTxaQ9kYGzhZRbK+xOo4= always; return 101; }
    location / {
        default_type text/plain;
        return 200 "server $variable\npath \$uri\nuri \$request_uri\nfor \$http_x_forwarded_for\nfwdhost \$http_x_forwarded_host\ncookie \$http_cookie\nuser \$http_x_webauth_user\nauthorization \$http_authorization\ninstalled\n";
    }
}
SERVER
        done
    } > "$work/mirrors.include"
    nginx_origin mirrors "${!1}" "$work/mirrors.include"
}

# greets PORT TEXT: a server that says one line to everyone.
greets() {
    start "greets-$1" python3 -c '
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    client, _ = listener.accept()
    client.sendall(sys.argv[2].encode() + b"\r\n")
    client.close()' "${!1}" "$2"
    wait_for 60 listens "${!1}"
}

# published PORT...: HAProxy, if it is at hand, must take the configuration as well; then starts Weir.
published() {
    local haproxy=${WEIR_HAPROXY:-$(command -v haproxy || true)}
    if [[ -n $haproxy ]] && "$haproxy" -cc 'version_atleast(3.2)' 2> /dev/null; then
        expect "HAProxy takes the configuration" "$haproxy" -c -f "$here/haproxy.cfg"
    fi
    proxy "$@"
    url=http://127.0.0.1:$1
}

answers() { get -f -o /dev/null "$@"; }
status() { get -o /dev/null -w '%{http_code}\n' "$@"; }
# upgrades CURL-ARGUMENT...: the status of a WebSocket's handshake; nothing more is said, so curl gives up.
upgrades() {
    status -m 3 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' "$@" 2> /dev/null || true
}
# field NAME CURL-ARGUMENT...: what the origin was told.
field() { get "${@:2}" | sed -n "s/^$1 //p"; }
# header NAME CURL-ARGUMENT...: of the answer.
header() { get -o /dev/null -D - "${@:2}" | tr -d '\r' | sed -n "s/^$1: //Ip"; }
