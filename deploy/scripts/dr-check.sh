#!/usr/bin/env bash
# Compares a system with its stand-by in the second region: objects, tables, the job, the control folder with its state and
# reports. Says what would be lost if the first region were lost now; a run that is under way shows, too. Changes nothing.
#
#   deploy/scripts/dr-check.sh --suffix NAME --replica-region REGION
#
# Exit code 0 when the stand-by has all of it, 1 when something would be lost or is otherwise there, 2 wrong usage, 4 when
# AWS cannot be asked: then it is not known what was not copied yet.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"

read_options '' '' "$@"
[ -n "$replica_region" ] || refuse 'Cannot compare: give --replica-region, where the stand-by is'
find_names
[ "$replica_region" != "$region" ] || refuse "Cannot compare $region with itself: --replica-region is another region"
home=$region

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
lost=0

# What a region answers to a call, a line each, sorted, with the names that it would have in the first. {} in the call
# stands for the end of what is of no region.
answer() {
  local end=$suffix
  [ "$1" = "$home" ] || end=$suffix-$1
  AWS_REGION=$1 AWS_DEFAULT_REGION=$1 aws "${@:2}" >"$folder/answer" 2>"$folder/error" ||
    refuse "Cannot ask $1: aws $2 $3: $(tail -n 1 "$folder/error"); step 1 of deploy/failover.md makes both regions" 4
  sed -e "s/-$end\b/-$suffix/g" -e 's/,$//' -e '/^None$/d' "$folder/answer" | LC_ALL=C sort
}
both() {
  answer "$home" "${@//\{\}/$suffix}" >"$folder/home"
  answer "$replica_region" "${@//\{\}/$suffix-$replica_region}" >"$folder/replica"
  LC_ALL=C comm -23 "$folder/home" "$folder/replica" >"$folder/lost"
}

# Compares what lies under a prefix of a bucket: by name, size and ETag.
objects() {
  both s3api list-objects-v2 --bucket "$2-{}" --prefix "$3" --query 'Contents[].[Key,Size,ETag]' --output text
  awk -F '\t' -v about="$1" -v all="$(wc -l <"$folder/home")" \
    '{bytes += $2} END {printf "%s: %d of %d objects would be lost, %d bytes\n", about, NR, all, bytes}' "$folder/lost"
  sed -n '1,10s/\t.*//; 1,10s/^/  /p' "$folder/lost"
  [ ! -s "$folder/lost" ] || lost=1
}
objects 'sales and customers' raw-data ''
objects output processed-data enriched-sales
objects 'control folder' processed-data _crossfoot
objects jars processed-data scripts/

# Compares what is said of something, line by line.
same() {
  local about=$1
  shift
  both "$@"
  if [ -s "$folder/lost" ]; then
    echo "$about: $(wc -l <"$folder/lost") of $(wc -l <"$folder/home") are otherwise or missing in $replica_region"
    sed -n '1,10s/^ */  /p' "$folder/lost"
    lost=1
  else
    echo "$about: as in $home"
  fi
}
same tables glue get-tables --database-name "$GLUE_DATABASE_NAME" --output text --query \
  'TableList[].[Name,StorageDescriptor.Location,to_string(StorageDescriptor.Columns[].[Name,Type]),to_string(PartitionKeys[].Name)]'
same job glue get-job --job-name "$JOB_NAME" --output json --query 'Job.[Role,GlueVersion,WorkerType,NumberOfWorkers,
  ExecutionClass,Timeout,MaxRetries,JobRunQueuingEnabled,ExecutionProperty,Command,DefaultArguments]'

echo 'bookmark: stays behind; a stand-by that takes over begins anew, see deploy/failover.md'
exit $lost
