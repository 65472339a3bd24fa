#!/usr/bin/env bash
# The recipe from and to S3: Crossfoot by S3A against moto_server, looked at by a second client, the AWS command line.
# Starts its own server on the loopback interface and stops it. Needs moto_server (pip install 'moto[server]'), aws, curl.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() {
  echo "s3: $1" >&2
  exit 1
}

for tool in moto_server aws curl; do
  command -v "$tool" >/dev/null || fail "cannot run: $tool is not on the PATH; install it (moto_server: pip install 'moto[server]')"
done

work=$(mktemp -d)
server=
stop() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap stop EXIT

# ---- a server on a port that is free, which it says itself

INITIAL_NO_AUTH_ACTION_COUNT=1000000 moto_server -H 127.0.0.1 -p 0 >"$work/server.log" 2>&1 &
server=$!
endpoint=
for _ in $(seq 100); do
  kill -0 "$server" 2>/dev/null || fail "moto_server ended: $(cat "$work/server.log")"
  endpoint=$(sed -n 's|.*Running on \(http://127.0.0.1:[0-9]*\).*|\1|p' "$work/server.log" | head -n 1)
  [ -z "$endpoint" ] || break
  sleep 0.2
done
[ -n "$endpoint" ] || fail "moto_server does not say where it runs: $(cat "$work/server.log")"

unset AWS_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL_S3
export AWS_ENDPOINT_URL=$endpoint AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
export AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_MAX_ATTEMPTS=1 AWS_PAGER=
export AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null

# ---- what is compared

# says what is tested, runs the rest of its arguments, and wants its exit code
expect() {
  wanted=$1 what=$2
  shift 2
  code=0
  "$@" >"$work/out" 2>"$work/err" || code=$?
  [ "$code" = "$wanted" ] || fail "$what: exit code $code, expected $wanted: $(cat "$work/out" "$work/err")"
  echo "s3: ok: $what"
}

same() {
  [ "$1" = "$2" ] || fail "$3: found
$1
expected
$2"
  echo "s3: ok: $3"
}

keys() {
  aws s3 ls --recursive "s3://$1" | awk '{ sub(/^[^ ]+ +[^ ]+ +[^ ]+ /, ""); print }'
}

enrich() {
  ./crossfoot enrich --sales s3://raw-data/sales/ --customers s3a://raw-data/customers/ "$@"
}

# without the compiler of long runs, which the launcher does not know to be needless here; Java says that it was told so
quickly() {
  JDK_JAVA_OPTIONS=-XX:TieredStopAtLevel=1 "$@"
}

# ---- the recipe

aws s3 mb s3://raw-data >/dev/null
aws s3 mb s3://processed >/dev/null
aws s3 cp test-data/sales/sample-sales.csv s3://raw-data/sales/ >/dev/null
aws s3 cp test-data/customers/sample-customers.json s3://raw-data/customers/ >/dev/null

expect 0 "the recipe runs from S3 to S3" quickly enrich --output s3://processed/enriched-sales --run-id monday
grep -q '^published 5 rows .* 1,575.97 total' "$work/out" || fail "the recipe's numbers: $(cat "$work/out")"
grep -rq 'testing' "$work/out" "$work/err" && fail "a key was printed"
same "$(keys processed)" "_crossfoot/enriched-sales/history.jsonl
_crossfoot/enriched-sales/output.txt
_crossfoot/enriched-sales/runs/monday/published.json
_crossfoot/enriched-sales/runs/monday/report.html
_crossfoot/enriched-sales/runs/monday/run-report.json
_crossfoot/enriched-sales/state/000000001.whole.jsonl
enriched-sales/part-00000-monday-c000.zstd.parquet" "aws s3 ls shows data and the account, and nothing else"

aws s3 cp --quiet --recursive s3://processed/enriched-sales "$work/fetched"
expect 0 "the files that aws s3 cp fetches are whole: a run reads them from the local disk" ./crossfoot enrich \
  --sales "$work/fetched" --customers test-data/customers --output "$work/again" --run-id monday
grep -q '^published 5 rows .* 1,575.97 total' "$work/out" || fail "its numbers: $(cat "$work/out")"
aws s3 cp --quiet s3://processed/_crossfoot/enriched-sales/runs/monday/run-report.json "$work/report.json"
grep -q 'testing' "$work/report.json" && fail "a key was reported"

# ---- append, overwrite, partitions

expect 0 "a second run appends" quickly enrich --output s3a://processed/enriched-sales --run-id tuesday --mode append
expect 0 "the same run again, with the store spelled otherwise" \
  quickly enrich --output s3://processed/enriched-sales --run-id tuesday --mode append
same "$(keys processed/enriched-sales/)" "enriched-sales/part-00000-monday-c000.zstd.parquet
enriched-sales/part-00000-tuesday-c000.zstd.parquet" "it was added once"
expect 0 "overwriting with partitions" \
  quickly enrich --output s3://processed/enriched-sales --run-id wednesday --partition-by region
same "$(keys processed/enriched-sales/ | sed 's|/part-.*||')" "enriched-sales/region=East
enriched-sales/region=North
enriched-sales/region=South" "a folder for each region, and nothing of before"

# ---- what goes wrong

expect 4 "a bucket that does not exist" ./crossfoot enrich --sales s3://no-such-bucket/sales \
  --customers test-data/customers --output "$work/never"
grep -q 'there is no such bucket; check its name' "$work/err" || fail "its message: $(cat "$work/err")"
same "$(wc -l <"$work/err")" 1 "it is told in one line"

# From here on the server looks at keys. (Not at rights: it takes a signature with a slash in the query, as every listing
# of S3A has one, for a wrong one. S3Test has a server that denies.)
curl -sf -X POST "$endpoint/moto-api/reset-auth" -H 'Content-Type: application/json' -d 0 >/dev/null
expect 4 "keys that nobody has" enrich --output "$work/never"
# S3A begins with HEAD, whose answer has a status and no reason
grep -q 'the store refused access (403); check the credentials' "$work/err" || fail "its message: $(cat "$work/err")"
same "$(wc -l <"$work/err")" 1 "it is told in one line"

stop
server=
work=$(mktemp -d)
start=$SECONDS
expect 4 "a store that is down" quickly enrich --output "$work/never"
grep -q 'the store does not answer; check the network' "$work/err" || fail "its message: $(cat "$work/err")"
[ $((SECONDS - start)) -lt 60 ] || fail "it took $((SECONDS - start)) seconds to say so"
echo "s3: all is well"
