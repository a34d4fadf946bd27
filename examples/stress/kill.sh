#!/usr/bin/env bash
# Weir is killed (-9) at ROUNDS (100) random moments, under load and while it starts, with a stick table in a file. It always starts
# again, every entry that is there is right, and at most those are missing that were being written: one an event loop.
# SEED repeats a run.
source "$(dirname "$0")/../lib.sh"
tools

rounds=${ROUNDS:-100}
SEED=${SEED:-$((RANDOM * 32768 + RANDOM))}
note "SEED=$SEED, $rounds rounds"
RANDOM=$SEED
loops=2
free_port WEB_PORT
export API_SOCKET=$work/api TABLE_FILE=$work/table

mkfifo "$work/orders" "$work/answers"
"${tool[@]}" Survivor "$WEB_PORT" "$API_SOCKET" "$SEED" < "$work/orders" > "$work/answers" 2> "$work/survivor.log" &
pids[survivor]=$!
exec 4> "$work/orders" 5< "$work/answers"

# order COMMAND...: waits for the answer, which is in $answer.
order() {
    echo "$*" >&4
    read -r -t 300 answer <&5
}

torn() { awk '/were incomplete and are dropped/ {for (i = 1; i < NF; i++) if ($(i + 1) == "entries") sum += $i} END {print sum + 0}' "$work/weir.log"; }

answered=0 missing=0 dropped=0 early=0 faults=0 largest=0
# check MISSING: the table's entries against what they have to be.
check() {
    order check "$1"
    while [[ $answer != checked* ]]; do
        note "$answer"
        read -r -t 300 answer <&5
    done
    # checked N entries, N missing, N faults
    read -r _ entries _ lost _ found _ <<< "$answer"
    missing=$((missing + lost))
    faults=$((faults + found))
    dropped=$((dropped + $(torn)))
    ((entries <= largest)) || largest=$entries
}

for ((round = 1; round <= rounds; round++)); do
    if ((RANDOM % 3 == 0)); then
        start weir "$PROXY" -db -f "$here/kill.cfg"
        sleep "0.$((RANDOM % 10))$((RANDOM % 10))" # a moment of its start
        stop weir KILL
        early=$((early + 1))
    fi
    proxy_with "$here/kill.cfg" "$WEB_PORT"
    check "$loops"
    order load # the answer is "kill"
    kill -KILL "${pids[weir]}"
    read -r -t 300 answer <&5 # cut COUNT
    answered=$((answered + ${answer#cut }))
    stop weir KILL
done
proxy_with "$here/kill.cfg" "$WEB_PORT"
check "$loops"
proxy_ends
proxy_with "$here/kill.cfg" "$WEB_PORT"
check 0

note "$answered answers, $((rounds + early)) kills, $early of them during the start; at most $largest entries"
expect_equal "wrong entries" 0 "$faults"
expect_at_most "entries that were said to be incomplete" "$((loops * rounds))" "$dropped"
expect_at_most "entries that are missing" "$((loops * rounds))" "$missing"
expect_equal "complaints of the load" "" "$(cat "$work/survivor.log")"
proxy_ends
