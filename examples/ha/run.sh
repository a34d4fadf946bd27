#!/usr/bin/env bash
# Two machines (network namespaces) with Weir and keepalived share an address. One loses its Weir, then the other its cable, then
# one is taken out on purpose: each time the address moves, new requests are served, and what was lost is counted.
# All of it is in namespaces of its own, which end with this script.
inside=(unshare --mount --net --pid --fork --mount-proc --kill-child)
if [[ -z ${HA_INSIDE:-} ]] && "${inside[@]}" true 2> /dev/null; then
    HA_INSIDE=1 exec "${inside[@]}" bash "$0" "$@"
fi
source "$(dirname "$0")/../lib.sh"
[[ -n ${HA_INSIDE:-} ]] || { echo "SKIP $example: needs root, or the right to make network namespaces"; exit 77; }
need ip iproute2
need curl curl
need keepalived keepalived

VIP=10.99.0.10
RATE=200

# ---- the network: this namespace is the switch and the clients ----
mkdir -p /run/netns && mount -t tmpfs tmpfs /run/netns
ip link set lo up
ip link add br0 type bridge
ip address add 10.99.0.1/24 dev br0
ip link set br0 up
host() { # NAME ADDRESS
    ip netns add "$1"
    ip link add "to-$1" type veth peer name eth0 netns "$1"
    ip link set "to-$1" master br0 up
    ip -n "$1" link set lo up
    ip -n "$1" address add "$2/24" dev eth0
    ip -n "$1" link set eth0 up
}
host lb1 10.99.0.11; host lb2 10.99.0.12; host s1 10.99.0.31; host s2 10.99.0.32
answers() { get -f -o /dev/null "http://$1"; }

# ---- who serves ----
for name in s1 s2; do start "$name" ip netns exec "$name" "$root/weir" origin http://0.0.0.0:9001; done
wait_for 60 answers 10.99.0.31:9001/64
wait_for 60 answers 10.99.0.32:9001/64
weir() { # NODE
    NODE=$1 start "weir-$1" ip netns exec "$1" "$PROXY" -db -f "$here/haproxy.cfg"
    wait_for 60 ip netns exec "$1" curl -sf -o /dev/null http://127.0.0.1:8080/alive
}
keepalived_on() { # NODE PRIORITY ADDRESS PEER
    sed -e "s/NODE/$1/" -e "s/PRIORITY/$2/" -e "s/ADDRESS/$3/" -e "s/PEER/$4/" "$here/keepalived.conf" > "$work/$1.conf"
    start "keepalived-$1" ip netns exec "$1" keepalived --dont-fork --log-console --vrrp --use-file "$work/$1.conf" \
        --pid "$work/$1.pid" --vrrp_pid "$work/$1-vrrp.pid"
}
has_address() { ip -n "$1" -o address show dev eth0 | grep -q " $VIP/"; }
served_by() { get -f -o /dev/null -D - "http://$VIP:8080/64" | tr -d '\r' | awk 'tolower($1) == "x-served-by:" {print $2}'; }
is_served_by() { [[ $(served_by) == "$1" ]]; }

weir lb1; weir lb2
keepalived_on lb1 150 10.99.0.11 10.99.0.12
expect "lb1 takes the address" wait_for 60 is_served_by lb1
keepalived_on lb2 100 10.99.0.12 10.99.0.11

# ---- load, and one connection that stays ----
result() { awk -v key="\"$1\":" '/"result"/ {inside = 1} inside && $1 == key {gsub(",", "", $2); print $2; exit}' "$work/load.json"; }
latency_max_ms() { awk '/"latency"/ {inside = 1} inside && $1 == "\"max\":" {printf "%d\n", $2 / 1000; exit}' "$work/load.json"; }
# served NODE: requests so far; has_served NODE N: more than so many.
served() { ip netns exec "$1" curl -s 'http://127.0.0.1:8080/stats;csv' | awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i} $1 ~ /web/ {print $at["req_tot"]}'; }
has_served() { (($(served "$1") > $2)); }
load_begins() { # NODE
    rm -f "$work/load.json"
    start load "$root/weir" load -R "$RATE" -c 8 -d 1h -w 0s --timeout 2s --connect-timeout 1s --no-progress \
        --json "$work/load.json" "http://$VIP:8080/64"
    wait_for 60 has_served "$1" $(($(served "$1") + RATE))
}
connection_begins() {
    exec 5<> "/dev/tcp/$VIP/8080"
    connection_asks || { echo "  FAILED: a connection through the address"; failures=$((failures + 1)); }
}
# In a shell of its own: a write to a connection that is over ends it (SIGPIPE).
connection_asks() (
    printf 'GET /0 HTTP/1.1\r\nHost: ha\r\n\r\n' >&5
    read -r -t 10 line <&5 && [[ $line == "HTTP/1.1 200"* ]] || exit 1
    while read -r -t 10 line <&5 && [[ $line != $'\r' ]]; do :; done
)
connection_is_over() { ! connection_asks 2> /dev/null; }

# Its last word is BACKUP, and the proxy serves: it would take the address.
is_fit() {
    ip netns exec "$1" curl -sf -o /dev/null http://127.0.0.1:8080/alive \
        && [[ $(grep -o 'Entering [A-Z]* STATE' "$work/keepalived-$1.log" | tail -n 1) == "Entering BACKUP STATE" ]]
}

# moved WHAT FROM TO: the address has gone from one to the other, and requests are served there.
moved() {
    expect "$1: the address is with $3" wait_for 60 has_address "$3"
    expect "$1: requests are served there" wait_for 60 is_served_by "$3"
    expect "$1: the load goes on there" wait_for 60 has_served "$3" $(($(served "$3") + 3 * RATE))
    expect "$1: the connection that was there before is over" connection_is_over
    exec 5>&-
    stop load TERM
    local sent lost
    sent=$(result requests)
    lost=$(($(result failed) + $(result unsent)))
    note "$1: of $((sent + lost)) requests at $RATE a second $lost were lost ($(result failed) failed, $(result unsent) found no connection)"
    note "$1: the longest of the others took $(latency_max_ms) ms from when it was due"
    expect_at_least "$1: requests that were served" 1 "$sent"
    # Thirty seconds of them would be an address that stays away for as long as this script waits.
    expect_at_most "$1: requests that were lost" $((30 * RATE)) "$lost"
}

note "the Weir that serves is killed"
load_begins lb1; connection_begins
stop weir-lb1 KILL
moved killed lb1 lb2
expect "its machine has given the address up" wait_for 60 eval '! has_address lb1'

note "it comes back: the address stays where it is"
weir lb1
expect "lb1 is fit again" wait_for 60 is_fit lb1
expect_equal "who serves" lb2 "$(served_by)"

note "the cable of the machine that serves is pulled"
load_begins lb2; connection_begins
ip link set to-lb2 down
moved cable lb2 lb1
ip link set to-lb2 up
expect "lb2 gives the address up" wait_for 60 eval '! has_address lb2'
expect "lb2 is fit again" wait_for 60 is_fit lb2
expect_equal "who serves" lb1 "$(served_by)"

note "a planned change: keepalived hands the address over"
load_begins lb1; connection_begins
stop keepalived-lb1 TERM
moved planned lb1 lb2
