#!/usr/bin/env bash
# Clients of two mosquitto brokers through Weir: each comes back to its own, until that is gone.
source "$(dirname "$0")/../lib.sh"
need mosquitto mosquitto
need mosquitto_sub mosquitto-clients

free_port MQTT_PORT; free_port B1_PORT; free_port B2_PORT
broker() {
    printf 'listener %s 127.0.0.1\nallow_anonymous true\npersistence false\n' "$2" > "$work/$1.conf"
    start "$1" mosquitto -c "$work/$1.conf"
    wait_for 60 listens "$2"
    mosquitto_pub -p "$2" -t name -m "$1" -r -q 1
}
broker b1 "$B1_PORT"; broker b2 "$B2_PORT"
proxy "$MQTT_PORT"

# broker_of CLIENT_ID [OPTION...]: the name of the broker that the client gets to.
broker_of() { mosquitto_sub -p "$MQTT_PORT" -i "$@" -t name -C 1 -W 10; }
first=$(broker_of sensor-1)
second=$(broker_of sensor-2)
expect_equal "two clients, two brokers" "b1 b2" "$(printf '%s\n' "$first" "$second" | sort | xargs)"
expect_equal "each comes back to its own" "$first $second $first" \
    "$(broker_of sensor-1) $(broker_of sensor-2) $(broker_of sensor-1)"
expect_equal "from another address, too" "$second $second" \
    "$(broker_of sensor-2 -A 127.0.0.2) $(broker_of sensor-2 -A 127.0.0.3)"
expect_equal "and with MQTT 5 and 3.1" "$first $first" "$(broker_of sensor-1 -V 5) $(broker_of sensor-1 -V 31)"

port_of=([1]=$B1_PORT [2]=$B2_PORT)
mosquitto_pub -p "$MQTT_PORT" -i sensor-1 -t reading -m 21.5 -r -q 2
expect_equal "what it publishes is with its broker" 21.5 \
    "$(mosquitto_sub -p "${port_of[${first#b}]}" -t reading -C 1 -W 10)"

not_mqtt() {
    exec 3<> "/dev/tcp/127.0.0.1/$MQTT_PORT"
    printf 'GET / HTTP/1.0\r\n\r\n' >&3
    timeout 60 cat <&3 2> /dev/null || { [[ $? != 124 ]] || echo "still open"; }
    exec 3<&-
}
expect_equal "what is no MQTT gets no answer" "" "$(not_mqtt)"

stop "$first"
moved() { [[ $(broker_of sensor-1) == "$second" ]]; }
expect "a client whose broker is gone gets the other" wait_for 60 moved
expect_equal "who had that one keeps it" "$second" "$(broker_of sensor-2)"
proxy_ends
