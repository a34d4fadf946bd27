# Shared by the run.sh of each example: starts peers and Weir on free ports, checks, and ends everything it started.
# PROXY=haproxy runs the same script against HAProxy, for comparison.
# Exit status: 0 passed, 1 failed, 77 skipped because a peer is not installed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$(cd "$(dirname "$0")" && pwd)
example=${here##*/}
[[ $(basename "$0") == run.sh ]] || example+="/$(basename "$0" .sh)"
PROXY=${PROXY:-$root/weir}
work=$(mktemp -d "${TMPDIR:-/tmp}/weir-example.XXXXXX")
chmod 755 "$work"
failures=0
declare -A pids=()

finish() {
    local status=$?
    trap - EXIT
    for name in "${!pids[@]}"; do kill -KILL "${pids[$name]}" 2> /dev/null || true; done
    wait 2> /dev/null || true
    if [[ $status == 77 ]]; then
        :
    elif [[ $status == 0 && $failures == 0 ]]; then
        echo "PASS $example"
    else
        echo "FAIL $example"
        for log in "$work"/*.log; do
            [[ -s $log ]] || continue
            echo "--- ${log##*/} (last lines)"
            tail -n 20 "$log"
        done
        status=1
    fi
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 1' INT TERM

# need COMMAND PACKAGE: ends the script as skipped if the command is not installed.
need() {
    command -v "$1" > /dev/null && return
    echo "SKIP $example: needs $1 (apt-get install $2)"
    exit 77
}

# free_port VARIABLE: a port that no stream and no datagram socket has on any address, outside the range of outgoing connections.
declare -A taken=()
free_port() {
    local port
    while :; do
        port=$((10000 + (RANDOM * 32768 + RANDOM) % 20000))
        [[ -z ${taken[$port]:-} ]] && ! is_taken "$port" && break
    done
    taken[$port]=1
    export "$1=$port"
}

# As the kernel lists them. A socket that was bound and neither listens nor is connected stands in no list, but cannot be connected to.
is_taken() {
    listens "$1" || grep -qs ": [0-9A-F]*:$(printf %04X "$1") " /proc/net/{tcp,udp}{,6}
}

# start NAME COMMAND...: in the background; its output goes to $work/NAME.log.
start() {
    local name=$1
    shift
    "$@" > "$work/$name.log" 2>&1 < /dev/null &
    pids[$name]=$!
}

# stop NAME [SIGNAL]: and waits for the end; its exit status is kept in $stopped.
stop() {
    kill "-${2:-TERM}" "${pids[$1]}" 2> /dev/null || true
    stopped=0
    wait "${pids[$1]}" 2> /dev/null || stopped=$?
    unset "pids[$1]"
}

is_running() { [[ -n ${pids[$1]:-} ]] && kill -0 "${pids[$1]}" 2> /dev/null; }

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" > /dev/null 2>&1; do
        if ((SECONDS >= end)); then
            echo "  gave up waiting for: $*"
            return 1
        fi
        sleep 0.05
    done
}

listens() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# proxy PORT...: starts Weir with the example's haproxy.cfg and waits until it listens on the ports.
proxy() { proxy_with "$here/haproxy.cfg" "$@"; }

proxy_with() {
    local config=$1
    shift
    start weir "$PROXY" -db -f "$config"
    for port in "$@"; do wait_for 120 listens "$port"; done
}

# proxy_ends: stops Weir as an operator would; it must end at once with status 0 (HAProxy dies of the signal).
proxy_ends() {
    stop weir TERM
    [[ ${PROXY##*/} != weir ]] || expect_equal "Weir ends with status 0 on SIGTERM" 0 "$stopped"
}

note() { echo "  $*"; }

# expect WHAT COMMAND...: counts a failure if the command fails.
expect() {
    local what=$1
    shift
    if "$@" > "$work/expect.out" 2>&1; then
        echo "  ok: $what"
    else
        echo "  FAILED: $what ($*)"
        sed 's/^/    | /' "$work/expect.out" | tail -n 10
        failures=$((failures + 1))
    fi
}

expect_equal() {
    if [[ $2 == "$3" ]]; then
        echo "  ok: $1"
    else
        echo "  FAILED: $1: wanted '$2', got '$3'"
        failures=$((failures + 1))
    fi
}

expect_at_most() {
    if (($3 <= $2)); then
        echo "  ok: $1: $3 (limit $2)"
    else
        echo "  FAILED: $1: $3 is more than $2"
        failures=$((failures + 1))
    fi
}

expect_at_least() {
    if (($3 >= $2)); then
        echo "  ok: $1: $3 (at least $2)"
    else
        echo "  FAILED: $1: $3 is less than $2"
        failures=$((failures + 1))
    fi
}

get() { curl -sS -m 60 "$@"; }

# nginx_origin NAME PORT [FILE]: an nginx that answers every path with its name, or includes FILE in its http block instead.
nginx_origin() {
    local name=$1 port=$2 extra=${3:-}
    mkdir -p "$work/$name"
    {
        echo "daemon off; master_process off; pid $work/$name/pid; error_log $work/$name/error.log;"
        echo "events { worker_connections 8000; }"
        echo "http { access_log off; keepalive_requests 1000000000;"
        for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $work/$name/$kind;"; done
        if [[ -n $extra ]]; then
            cat "$extra"
        else
            echo "server { listen 127.0.0.1:$port; location / { return 200 '$name\\n'; } }"
        fi
        echo "}"
    } > "$work/$name.conf"
    start "$name" nginx -e "$work/$name/error.log" -c "$work/$name.conf"
    wait_for 60 listens "$port"
}

# The load tools are Java programs beside this file, compiled once, run by the JDK that runs Weir.
tools() {
    jdk=$("$root/weir" --jdk)
    classes=$root/target/example-tools
    if [[ ! -f $classes/Client.class || -n $(find "$root/examples/tools" -newer "$classes/Client.class" -name '*.java') ]]; then
        "$jdk/bin/javac" -d "$classes" "$root"/examples/tools/*.java
    fi
    tool=("$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -cp "$classes")
}

# origin NAME PORT: the tools' own origin (see tools/Origin.java).
origin() {
    start "$1" "${tool[@]}" Origin "$2" "$1"
    wait_for 60 listens "$2"
}

client() { "${tool[@]}" Client "$@"; }

rss_kb() { awk '/^VmRSS/{print $2}' "/proc/${pids[$1]}/status"; }
# The descriptors of a process but for those of its pipes: Weir keeps some of them for the next session that splices.
fd_count() { find "/proc/${pids[$1]}/fd" -mindepth 1 ! -lname "pipe:*" | wc -l; }
pipe_fd_count() { find "/proc/${pids[$1]}/fd" -mindepth 1 -lname "pipe:*" | wc -l; }
