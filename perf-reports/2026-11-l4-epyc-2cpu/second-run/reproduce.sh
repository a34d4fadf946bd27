#!/usr/bin/env bash
# Measures again what this report shows, on this machine, into the folder given (default: a new one beside it), and
# sets both beside each other. The figures are of commit 2a6da706f1d9.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
into=${1:-$here/again-$(date +%Y%m%d-%H%M%S)}
cd "$root"
./weir bench --placement one-cpu --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 l4-64b --points 1,8,64,512 --into "$into"
./weir bench --placement one-cpu --rounds 4 --window 2 --lead 1 --warm-up 5 --disturbed 6 l4-64b --points 4096 --into "$into"
./weir bench --placement one-cpu --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 l4-1k l4-16k l4-connect --points 64 --into "$into"
./weir bench --placement one-cpu --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 l4-pipelined --points 16 --into "$into"
./weir bench --placement one-cpu --rounds 4 --window 1.2 --lead 0.4 --warm-up 4 l4-bulk-down l4-bulk-up l4-bulk-both --points 16 --into "$into"
./weir bench --placement one-cpu --rounds 5 --window 1 --lead 0.3 --warm-up 4 --no-system-calls l4-latency --into "$into"
./weir bench --placement own-cpus --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 l4-64b --points 64 --into "$into"
./weir bench --placement one-cpu --rounds 3 --warm-up 3 l4-start --into "$into"
./weir bench --placement one-cpu --rounds 3 l4-idle --points 5000 --into "$into"
./weir report --compare "$here" "$into" --html "$into/compare.html"
