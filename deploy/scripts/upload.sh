#!/usr/bin/env bash
# Uploads the job's jar and its placeholder script, and the jar of the function that starts it, whichever flavour made the
# buckets; builds what is not built.
#
#   deploy/scripts/upload.sh --suffix NAME [--sample] [--replica-region REGION | --standby true]
#
# --sample uploads the recipe's sales and customers, too. --replica-region uploads the jars to the stand-by there, as well.
# shellcheck source=deploy/scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=deploy/scripts/arrivals.sh
. "$(dirname "$0")/arrivals.sh"

sample=false
read_options sample '' "$@"
find_names
for bucket in "$S3_RAW_BUCKET" "$S3_PROCESSED_BUCKET"; do
  bucket_exists "$bucket" ||
    refuse "Cannot upload: there is no s3://$bucket; deploy with --suffix $suffix first, or look at the region" 4
done
in_replica_region --suffix "$suffix"

jar=$root/glue-job/target/crossfoot-glue-job.jar
[ -f "$jar" ] || (cd "$root" && mvn -q -B -DskipTests package) ||
  refuse "Cannot build the jar: see above; mvn -DskipTests package in $root must work" 4

put() {
  change s3 cp --only-show-errors "$1" "s3://$2"
  say "s3://$2"
}
put "$jar" "$S3_PROCESSED_BUCKET/scripts/crossfoot-glue-job.jar"
put "$root/glue-job/placeholder.scala" "$S3_PROCESSED_BUCKET/scripts/placeholder.scala"
put_start_jar
if exists lambda get-function --function-name "$START_NAME"; then
  say "function $START_NAME"
  change lambda update-function-code --function-name "$START_NAME" --s3-bucket "$S3_PROCESSED_BUCKET" \
    --s3-key scripts/crossfoot-start-on-arrival.jar
fi
if [ "$sample" = true ]; then
  put "$root/test-data/sales/sample-sales.csv" "$S3_RAW_BUCKET/sales/sample-sales.csv"
  put "$root/test-data/customers/sample-customers.json" "$S3_RAW_BUCKET/customers/sample-customers.json"
fi
