#!/usr/bin/env bash
# Measures again what this report shows, on this machine, into the folder given (default: a new one beside it), and
# sets both beside each other. The figures are of commit 33ac6223ec7b.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
into=${1:-$here/again-$(date +%Y%m%d-%H%M%S)}
cd "$root"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --placement one-cpu l4-64b --points 1,64,512 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --placement one-cpu l4-16k l4-connect --points 64 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --placement one-cpu l4-bulk-down --points 16 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --placement own-cpus l4-64b --points 64 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 3 --warm-up 4 --placement one-cpu l4-start --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 3 --warm-up 4 --placement one-cpu l4-idle --points 9000 --into "$into"
./weir report --compare "$here" "$into" --html "$into/compare.html"
