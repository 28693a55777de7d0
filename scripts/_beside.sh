# shellcheck shell=bash
# run_beside SITE WORKER: runs the first and beside it the second. A worker that ends is begun again
# after a moment and the site stays up; when the site ends, or somebody stops it, so does the worker.

run_beside() {
    trap stop EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    "$1" &
    running=($!)
    keep_working "$2" &
    running+=($!)
    wait "${running[0]}"
}

stop() { kill "${running[@]}" 2>/dev/null || true; }

keep_working() {
    local worker=
    trap 'kill "$worker" 2>/dev/null; exit 0' TERM
    while true; do
        "$1" &
        worker=$!
        wait "$worker" || true
        sleep "${WORKER_PAUSE:-2}"
    done
}
