#!/usr/bin/env bash
# Prometheus reads a Weir that serves; then each query of each panel in dashboards/ has to have data, as Grafana would ask it.
source "$(dirname "$0")/../lib.sh"
need curl curl
need prometheus prometheus

free_port WEB_PORT; free_port METRICS_PORT; free_port S1_PORT; free_port S2_PORT; free_port PROMETHEUS_PORT
for name in s1 s2; do
    port=${name^^}_PORT
    start "$name" "$root/weir" origin "http://127.0.0.1:${!port}"
    wait_for 60 listens "${!port}"
done
proxy "$WEB_PORT" "$METRICS_PORT"
sed -e 's/scrape_interval: .*/scrape_interval: 1s/' -e "s/127.0.0.1:8404/127.0.0.1:$METRICS_PORT/" "$here/prometheus.yml" > "$work/prometheus.yml"
start prometheus prometheus --config.file "$work/prometheus.yml" --storage.tsdb.path "$work/data" \
    --web.listen-address "127.0.0.1:$PROMETHEUS_PORT"
start load "$root/weir" load -R 50 -c 4 -d 1h -w 0s --no-progress "http://127.0.0.1:$WEB_PORT/64"

query() { curl -s -m 60 --data-urlencode "query=$1" "http://127.0.0.1:$PROMETHEUS_PORT/api/v1/query"; }
has_data() { query "$1" | grep -q '"result":\[{'; }
wait_for 60 has_data 'rate(haproxy_frontend_http_requests_total{proxy="web"}[1m]) > 0'
wait_for 60 has_data 'rate(weir_server_latency_seconds_count{phase="total"}[1m]) > 0'

# as_asked FILE: its queries, with the variables as Grafana fills them in when all is chosen.
as_asked() {
    sed -n 's/^ *"expr": "\(.*\)",$/\1/p' "$1" \
        | sed -e 's/\\"/"/g' -e 's/\$__rate_interval/1m/g' -e 's/\$\(instance\|frontend\|backend\)/.*/g'
}
for dashboard in "$here"/dashboards/*.json; do
    count=0
    while IFS= read -r expression; do
        count=$((count + 1))
        has_data "$expression" || expect "data for $expression" false
    done < <(as_asked "$dashboard")
    expect_at_least "queries of ${dashboard##*/} that were asked" 10 "$count"
done
stop load TERM
proxy_ends
