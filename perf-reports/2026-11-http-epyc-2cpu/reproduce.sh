#!/usr/bin/env bash
# Measures again what this report shows, on this machine, into the folder given (default: a new one beside it), and
# sets both beside each other. The figures are of commit 4e20d02009a2.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
into=${1:-$here/again-$(date +%Y%m%d-%H%M%S)}
cd "$root"
./weir bench --placement one-cpu --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 http-64b --points 1,8,64,512 --into "$into"
./weir bench --placement one-cpu --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 http-1k http-16k http-connect http-rules --points 64 --into "$into"
./weir bench --placement one-cpu --rounds 4 --window 1.2 --lead 0.4 --warm-up 4 http-1m http-upload --points 16 --into "$into"
./weir bench --placement one-cpu --rounds 5 --window 1 --lead 0.3 --warm-up 4 --no-system-calls http-latency --into "$into"
./weir bench --placement own-cpus --rounds 5 --window 0.8 --lead 0.3 --warm-up 4 http-64b --points 64 --into "$into"
./weir report --compare "$here" "$into" --html "$into/compare.html"
