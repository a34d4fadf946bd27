# For the stress scripts: three origins, Weir in front of them, and figures of its process.
source "$(dirname "$0")/../lib.sh"
tools
free_port EDGE_PORT; free_port PROXY_PORT; free_port INSPECT_PORT; free_port S1_PORT; free_port S2_PORT; free_port S3_PORT

# The file descriptors that this process may have at most.
ulimit -n "$(ulimit -Hn)"

start_all() {
    origin s1 "$S1_PORT"; origin s2 "$S2_PORT"; origin s3 "$S3_PORT"
    proxy "$EDGE_PORT" "$PROXY_PORT" "$INSPECT_PORT"
    wait_for 60 echo_once "$EDGE_PORT"
}

echo_once() {
    local name answer
    exec 3<> "/dev/tcp/127.0.0.1/$1" && printf 'ECHO\nping\n' >&3 && read -t 60 -r name <&3 && read -t 60 -r answer <&3
    local status=$?
    exec 3>&-
    [[ $status == 0 && $answer == ping ]]
}

field() { awk -v key="$1" 'index($0, key " ") == 1 {print $NF}' <<< "$2"; }

# settled: descriptors of Weir are back at a number, at most this many more.
fds_at_most() { (($(fd_count weir) <= $1)); }
