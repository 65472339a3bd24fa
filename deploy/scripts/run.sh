#!/usr/bin/env bash
# Runs the pipeline and waits: crawl what came in, run the job, crawl its output if there is a crawler for it. Shows the
# job's log as it comes, and at the end the balance and what the run took.
#
#   deploy/scripts/run.sh --suffix NAME [--skip-crawl] [--wait-minutes 90] [--dpu-hour-price PRICE]
#
# The jar must be there: see upload.sh. --skip-crawl runs the job on the tables as they are.
# --dpu-hour-price is what AWS asks in your region, see its pricing page: with it the price of the run is printed.
#
# Exit codes: 0 published; 1 refused by a rule or by the number of bad rows; 2 wrong usage; 3 a source does not fit its
# contract; 4 storage, catalog or AWS failed, or the run was stopped or timed out; 5 another run holds the lock; 10 a bug.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"

skip_crawl=false
dpu_hour_price=
read_options skip_crawl 'wait_minutes dpu_hour_price' "$@"
looks_like dpu_hour_price '[0-9]+(\.[0-9]+)?' price
find_names

exists glue get-job --job-name "$JOB_NAME" ||
  refuse "Cannot run: there is no job $JOB_NAME in $region; deploy with --suffix $suffix first, or look at the region" 4

crawl() {
  say "crawler $1"
  local answer
  # one that runs already is as good
  answer=$(aws glue start-crawler --name "$1" 2>&1) || case $answer in *CrawlerRunningException*) ;; *)
    refuse "Cannot crawl: ${answer##*$'\n'}" 4
    ;;
  esac
  wait_for READY aws glue get-crawler --name "$1" --query Crawler.State --output text >/dev/null
  answer=$(aws glue get-crawler --name "$1" --query 'Crawler.LastCrawl.[Status,ErrorMessage]' --output text)
  [ "${answer%%[[:space:]]*}" = SUCCEEDED ] || refuse "Cannot crawl with $1: $answer (nothing there yet? see upload.sh)" 4
}

# ---- 5 and 6. Crawl what came in

[ "$skip_crawl" = true ] || crawl "$CRAWLER_NAME"

# ---- 8 and 9. The job

run=$(aws glue start-job-run --job-name "$JOB_NAME" --query JobRunId --output text 2>&1) || case $run in
  *ConcurrentRunsExceeded*) refuse "Cannot start $JOB_NAME: a run of it is under way; wait for its end" 5 ;;
  *) refuse "Cannot start $JOB_NAME: ${run##*$'\n'}" 4 ;;
esac
say "job $JOB_NAME, run $run"

of_run() {
  aws glue get-job-run --job-name "$JOB_NAME" --run-id "$run" --query "JobRun.$1" --output text
}

# shows what is new in one of the run's logs
shown=$(mktemp -d) # how far each log was shown
trap 'rm -rf "$shown"' EXIT
show_new() {
  local stream=$1 found lines from=(--start-from-head)
  [ ! -e "$shown/$run-$1" ] || from=(--next-token "$(cat "$shown/$run-$1")")
  found=$(aws logs get-log-events --log-group-name "$LOG_GROUP/$stream" --log-stream-name "$run" "${from[@]}" \
    --query '[nextForwardToken, events[].message]' --output text 2>/dev/null) || return 0 # it has said nothing yet
  echo "${found%%$'\n'*}" >"$shown/$run-$stream"
  lines=${found#*$'\n'}
  [ "$lines" = "$found" ] || printf '%s\n' "$lines" | tr '\t' '\n'
}

# every state that a run does not leave; all others are on the way to one of these
states='SUCCEEDED FAILED STOPPED TIMEOUT ERROR EXPIRED'
begun=$SECONDS
deadline=$((SECONDS + wait_minutes * 60))
while :; do
  state=$(of_run JobRunState) || refuse "Cannot ask for run $run: see above; it goes on without this script" 4
  show_new output
  show_new error
  case " $states " in *" $state "*)
    # Glue starts a failed run again by itself, under the next name
    attempt=$(of_run Attempt)
    [ "$attempt" != None ] || attempt=0
    retries=$(aws glue get-job --job-name "$JOB_NAME" --query Job.MaxRetries --output text)
    if [ "$state" != FAILED ] || [ "$attempt" -ge "$retries" ]; then
      break
    fi
    run=${run%_attempt_*}_attempt_$((attempt + 1))
    say "run $run, attempt $((attempt + 2)) of $((retries + 1))"
    until of_run JobRunState >/dev/null 2>&1 || [ $SECONDS -ge $deadline ]; do
      sleep 2
    done
    ;;
  esac
  [ $SECONDS -lt $deadline ] ||
    refuse "Cannot wait longer than --wait-minutes $wait_minutes: run $run is $state, and goes on without this script" 4
  pause_since "$begun" 20
done

# ---- what came of it

units=$(of_run DPUSeconds)
[ "$units" != None ] || units=$(aws glue get-job-run --job-name "$JOB_NAME" --run-id "$run" --output text \
  --query 'JobRun.[ExecutionTime,MaxCapacity]' | awk '{print $1 * $2}')
awk -v units="$units" -v price="$dpu_hour_price" 'BEGIN {
  printf "run took %.3f DPU-hours", units / 3600
  if (price != "") printf ", %.2f at %s each", units / 3600 * price, price
  print ""
}'

if [ "$state" != SUCCEEDED ]; then
  message=$(of_run ErrorMessage)
  echo "$program: Run $run ended as $state: $message" >&2
  case "$state $message" in
    *RefusedRun*) exit 1 ;;
    *UsageException*) exit 2 ;;
    *ShapeException*) exit 3 ;;
    *LockedException*) exit 5 ;;
    *StorageException* | TIMEOUT* | STOPPED* | ERROR* | EXPIRED*) exit 4 ;;
    *'LAUNCH ERROR'* | *'Access Denied'* | *AccessDenied* | *'not authorized'*) exit 4 ;;
    *) exit 10 ;;
  esac
fi

report=$(aws s3 cp "s3://$S3_PROCESSED_BUCKET/_crossfoot/enriched-sales/runs/$run/run-report.json" - 2>/dev/null) || report=
if [ -n "$report" ]; then
  echo "balance of run $run"
  echo "$report" | sed -n '/"balance" *:/,/}/p' | sed -n 's/^ *"\([A-Za-z_]*\)" *: *"\{0,1\}\([^",{]*\)"\{0,1\},\{0,1\}$/  \1 \2/p'
fi

# ---- 10. Crawl what was written, where the recipe's second crawler was asked for

if [ "$skip_crawl" = false ] && exists glue get-crawler --name "$PROCESSED_CRAWLER_NAME"; then
  crawl "$PROCESSED_CRAWLER_NAME"
fi
echo "published; see deploy/scripts/verify.sh --suffix $suffix"
