#!/usr/bin/env bash
# Measures again what this report shows, on this machine, into the folder given (default: a new one beside it), and
# sets both beside each other. The figures are of commit 33ac6223ec7b.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
into=${1:-$here/again-$(date +%Y%m%d-%H%M%S)}
cd "$root"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --nginx /opt/peers/nginx --placement one-cpu http-64b --points 1,64,512 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --nginx /opt/peers/nginx --placement one-cpu http-connect http-rules --points 64 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --nginx /opt/peers/nginx --placement own-cpus http-64b --points 64 --into "$into"
./weir bench --haproxy /opt/peers/haproxy --rounds 4 --window 1.5 --lead 0.5 --warm-up 6 --nginx /opt/peers/nginx --placement one-cpu http-1m --points 16 --into "$into"
./weir report --compare "$here" "$into" --html "$into/compare.html"
