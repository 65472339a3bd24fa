#!/usr/bin/env bash
# Uploads the job's jar and its placeholder script, whichever flavour made the buckets; builds the jar if there is none.
#
#   deploy/scripts/upload.sh --suffix NAME [--sample]
#
# --sample uploads the recipe's sales and customers, too.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"

sample=false
read_options sample '' "$@"
find_names

jar=$root/glue-job/target/crossfoot-glue-job.jar
[ -f "$jar" ] || (cd "$root" && mvn -q -B -DskipTests package) ||
  refuse "Cannot build the jar: see above; mvn -DskipTests package in $root must work" 4

put() {
  change s3 cp --only-show-errors "$1" "s3://$2"
  say "s3://$2"
}
put "$jar" "$S3_PROCESSED_BUCKET/scripts/crossfoot-glue-job.jar"
put "$root/glue-job/placeholder.scala" "$S3_PROCESSED_BUCKET/scripts/placeholder.scala"
if [ "$sample" = true ]; then
  put "$root/test-data/sales/sample-sales.csv" "$S3_RAW_BUCKET/sales/sample-sales.csv"
  put "$root/test-data/customers/sample-customers.json" "$S3_RAW_BUCKET/customers/sample-customers.json"
fi
