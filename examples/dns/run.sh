#!/usr/bin/env bash
# Servers come, move and go by what a name server says; nobody reloads, and no request fails, not even when the name server dies.
source "$(dirname "$0")/../lib.sh"
need dnsmasq dnsmasq-base
need curl curl

free_port WEB_PORT; free_port API_PORT; free_port DNS_PORT; free_port ORIGIN_PORT; free_port OTHER_PORT
export API_SOCKET=$work/api
hosts=$work/hosts

origin_at() { start "$1" "$root/weir" -db -f "$work/$1.cfg"; }
# Origins are Weirs that answer with a name: one port, an address each.
describe_origin() { # NAME ADDRESS PORT
    cat > "$work/$1.cfg" << CFG
defaults
    mode http
    timeout client 30s
frontend $1
    bind $2:$3
    http-request return status 200 content-type text/plain string "$1"
CFG
}
describe_origin one 127.0.0.1 "$ORIGIN_PORT"
describe_origin two 127.0.0.2 "$ORIGIN_PORT"
describe_origin three 127.0.0.3 "$OTHER_PORT"
for name in one two three; do origin_at $name; done

name_server() { # SRV-RECORD...
    local records=()
    for record in "$@"; do records+=("--srv-host=$record"); done
    start names dnsmasq --keep-in-foreground --conf-file=/dev/null --pid-file= --user="$(id -un)" --port="$DNS_PORT" \
        --listen-address=127.0.0.1 --bind-interfaces --no-resolv --no-hosts --local=/test/ --addn-hosts="$hosts" "${records[@]}"
    wait_for 60 listens "$DNS_PORT"
}
zone() { # ADDRESS...: of web.test
    printf '%s web.test\n' "$@" > "$hosts"
    printf '127.0.0.1 n1.test\n127.0.0.3 n3.test\n' >> "$hosts"
    [[ -z ${pids[names]:-} ]] || kill -HUP "${pids[names]}"
}
answers() { # PORT: who answers ten requests
    for _ in $(seq 10); do get "http://127.0.0.1:$1/" && echo; done | sort -u | xargs
}
answer() { [[ $(answers "$1") == "$2" ]]; }
api() { "$root/weir" ctl -s "$API_SOCKET" "$@"; }

zone 127.0.0.1
name_server "_api._tcp.test,n1.test,$ORIGIN_PORT,0,10"
proxy "$WEB_PORT" "$API_PORT"

expect "the address that the name has is found" wait_for 60 answer "$WEB_PORT" one
expect "the server of the SRV record is found" wait_for 60 answer "$API_PORT" one

# from here on somebody asks without a pause
load() { while [[ ! -e $work/over ]]; do curl -s -o /dev/null -m 60 -w '%{http_code}\n' "http://127.0.0.1:$WEB_PORT/"; done; }
load > "$work/codes" &
pids[load]=$!

zone 127.0.0.1 127.0.0.2
expect "a second address is taken in" wait_for 60 answer "$WEB_PORT" "one two"
zone 127.0.0.2
expect "the first one is let go" wait_for 60 answer "$WEB_PORT" two
expect_equal "what is free is in maintenance" 3 "$(api show servers state pool | awk '$7 == 32' | wc -l)"

stop names
name_server "_api._tcp.test,n1.test,$ORIGIN_PORT,0,10" "_api._tcp.test,n3.test,$OTHER_PORT,0,10"
expect "a second SRV record brings a server on another port" wait_for 60 answer "$API_PORT" "one three"
expect_equal "weights come with the records" "1 1" \
    "$(api show servers state services | awk '$18 ~ /^n[13]\.test$/ { print $8 }' | xargs)"

stop names
name_server_is_missed() { api show resolvers names | grep -qE '(timeout|snd_error): +[1-9]'; }
expect "the name server's death is noticed" wait_for 60 name_server_is_missed
expect_equal "and nobody is taken out for it" two "$(answers "$WEB_PORT")"

touch "$work/over"
wait "${pids[load]}" || true
unset "pids[load]"
expect_equal "no request has failed all the time" 200 "$(sort -u "$work/codes" | xargs)"
note "$(wc -l < "$work/codes") requests"
proxy_ends
