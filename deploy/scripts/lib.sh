# shellcheck shell=bash disable=SC2034
# What the scripts of this folder share: the parameters, the names made of them, and how AWS is called.
set -euo pipefail
export AWS_PAGER=''

program=$(basename "$0")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

# ---- parameters: those of cloudformation/crossfoot.yaml, in this spelling

suffix=
glue_version=5.1
worker_type=G.1X
number_of_workers=2
execution_class=STANDARD
job_timeout=60
max_retries=0
max_quarantine=1%
start_mode=on-demand
schedule='cron(0 3 * * ? *)'
event_window=300
processed_crawler=false
data_quality=true
quality_rules=
alarm_email=
notify=failures
quarantine_alarm=0
scan_limit=1073741824
log_retention_days=30
replica_region=
standby=false
table_comments=false
lake_formation_reader=
data_brew=false
quick_sight_principal=
lineage_domain=

parameters='suffix glue_version worker_type number_of_workers execution_class job_timeout max_retries max_quarantine'
parameters="$parameters start_mode schedule event_window processed_crawler data_quality quality_rules"
parameters="$parameters alarm_email notify quarantine_alarm scan_limit log_retention_days replica_region standby table_comments lake_formation_reader"
parameters="$parameters data_brew quick_sight_principal lineage_domain"

# Ends the script: what is wrong and what to do, and the exit code (2, wrong usage, unless told).
refuse() {
  echo "$program: $1" >&2
  exit "${2:-2}"
}

# Reads the command line into what names the system, and into what the script itself knows: $1 are its flags, $2 its options.
read_options() {
  local flags=" $1 " options=" suffix replica_region standby $2 " name
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      --help)
        sed -n '/^# shellcheck/d; 2,/^[^#]/s/^# \{0,1\}//p' "$0"
        exit 0
        ;;
      --?*) name=${1#--} name=${name//-/_} ;;
      *) refuse "Cannot use '$1': it is no option; see --help" ;;
    esac
    case "$flags" in *" $name "*)
      printf -v "$name" true
      shift
      continue
      ;;
    esac
    case "$options" in
      *" $name "*) ;;
      *) refuse "Cannot use '$1': there is no such option; see --help" ;;
    esac
    [ $# -ge 2 ] || refuse "Cannot use '$1' without a value; give one"
    printf -v "$name" %s "$2"
    shift 2
  done
  [[ $suffix =~ ^[a-z0-9]{3,16}$ ]] ||
    refuse "Cannot name anything: --suffix '$suffix' must be 3 to 16 lower case letters and digits"
  is_one_of glue_version 5.0 5.1 6.0
  is_one_of worker_type G.1X G.2X G.4X G.8X
  is_number number_of_workers 2
  is_one_of execution_class STANDARD FLEX
  is_number job_timeout 1
  is_number max_retries 0 10
  is_like max_quarantine '([0-9]+|(100|[1-9]?[0-9](\.[0-9]+)?)%)' 'count or percentage, such as 1%'
  is_like schedule 'cron\([A-Za-z0-9*?,/# -]+\)' 'schedule, such as cron(0 3 * * ? *)'
  is_number event_window 1 300
  is_number quarantine_alarm 0
  is_number scan_limit 10000000
  is_one_of log_retention_days 1 3 5 7 14 30 60 90 120 180 365
  is_number wait_minutes 0
  is_one_of start_mode on-demand schedule event
  is_one_of notify failures all
  is_one_of processed_crawler true false
  is_one_of data_quality true false
  is_one_of standby true false
  is_one_of table_comments true false
  is_one_of data_brew true false
  looks_like lake_formation_reader 'arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+' 'ARN of a role or user'
  looks_like quick_sight_principal 'arn:[a-z-]+:quicksight:[a-z0-9-]+:[0-9]{12}:(user|group)/.+' \
    'ARN of a user or group of QuickSight'
  looks_like lineage_domain 'dzd[_-][A-Za-z0-9_-]{1,36}' 'id of a DataZone domain'
  looks_like quality_rules '(.*[^A-Za-z])?Rules *=.*' 'text of rules (Rules = [ … ])'
  looks_like replica_region '[a-z]{2}(-[a-z]+)+-[0-9]+' region
  [ -z "$replica_region" ] || [ "$standby" = false ] ||
    refuse "Cannot use --replica-region with --standby true: a stand-by is copied to, and copies nowhere"
}

# Ends the script unless a parameter has one of its values.
is_one_of() {
  local name=$1 value=${!1} one
  shift
  for one; do
    [ "$value" != "$one" ] || return 0
  done
  refuse "Cannot use --${name//_/-} '$value': it is one of $*"
}

# Ends the script unless a parameter is a whole number of at least, and perhaps at most, so many.
is_number() {
  local name=$1 value=${!1} highest=${3:-999999999999999999}
  [[ $value =~ ^(0|[1-9][0-9]{0,17})$ && $value -ge $2 && $value -le $highest ]] ||
    refuse "Cannot use --${name//_/-} '$value': it is a whole number of at least $2${3:+ and at most $3}"
}

# Ends the script unless a parameter is of this form.
is_like() {
  [[ ${!1} =~ ^$2$ ]] || refuse "Cannot use --${1//_/-} '${!1}': it is no $3"
}

# Ends the script unless a parameter is empty or of this form.
looks_like() {
  [ -z "${!1}" ] || is_like "$@"
}

# Prints a text as JSON has it.
in_json() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\t'/\\t} text=${text//$'\r'/\\r}
  printf '"%s"' "${text//$'\n'/\\n}"
}

# Does the same for the stand-by, where there is to be one in a second region: with the options of the command line.
in_replica_region() {
  if [ -n "$replica_region" ]; then
    [ "$replica_region" != "$region" ] ||
      refuse "Cannot use --replica-region $replica_region: it is the region of the system itself; name another"
    AWS_REGION=$replica_region "$0" "$@" --replica-region '' --standby true
  fi
}

# Finds out who calls and where, and names everything as the recipe does.
find_names() {
  command -v aws >/dev/null || refuse "Cannot run: the AWS command line (aws) is missing; install it"
  region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region || true)}}
  [ -n "$region" ] || refuse "Cannot choose a region: set AWS_REGION, or run aws configure"
  export AWS_REGION=$region AWS_DEFAULT_REGION=$region
  local identity
  identity=$(aws sts get-caller-identity --query '[Account,Arn]' --output text 2>&1) || case $identity in
    *'ould not connect'*) refuse "Cannot call AWS: ${identity##*$'\n'}; check the network and AWS_ENDPOINT_URL" 4 ;;
    *) refuse "Cannot call AWS: ${identity##*$'\n'}; check your credentials (aws configure, AWS_PROFILE)" 4 ;;
  esac
  account=${identity%%[[:space:]]*}
  partition=${identity#*arn:}
  partition=${partition%%:*}

  GLUE_DATABASE_NAME=analytics_database_$suffix # Athena wants no hyphens
  local global=$suffix # what is of no region: a stand-by's must differ from those of the system that it stands by
  [ "$standby" = false ] || global=$suffix-$region
  S3_RAW_BUCKET=raw-data-$global
  S3_PROCESSED_BUCKET=processed-data-$global
  GLUE_ROLE_NAME=GlueServiceRole-$global
  START_ROLE_NAME=start-on-arrival-$global
  REPLICATION_ROLE_NAME=replication-$suffix
  PROFILE_ROLE_NAME=profile-$S3_PROCESSED_BUCKET
  CRAWLER_NAME=data-discovery-crawler-$suffix
  PROCESSED_CRAWLER_NAME=processed-data-crawler-$suffix
  JOB_NAME=etl-transformation-job-$suffix
  WORKFLOW_NAME=etl-workflow-$suffix
  WORK_GROUP=crossfoot-$suffix
  LOG_GROUP=/aws-glue/crossfoot-$suffix
  RULESET_NAME=enriched-sales-quality-$suffix
  ARRIVAL_NAME=sales-arrived-$suffix
  DEAD_ARRIVALS=sales-arrived-dead-$suffix
  START_NAME=start-on-arrival-$suffix
  FAILED_RULE=etl-failed-$suffix
  CRAWL_FAILED_RULE=crawl-failed-$suffix
  QUALITY_FAILED_RULE=quality-failed-$suffix
  ENRICHED_RULE=etl-enriched-$suffix
  ROLE_ARN=arn:$partition:iam::$account:role
  GLUE_ROLE_ARN=$ROLE_ARN/$GLUE_ROLE_NAME
  TOPIC_ARN=arn:$partition:sns:$region:$account:crossfoot-alarms-$suffix
  GLUE_ARN=arn:$partition:glue:$region:$account
  SQS_ARN=arn:$partition:sqs:$region:$account
  ARRIVAL_RULE_ARN=arn:$partition:events:$region:$account:rule/$ARRIVAL_NAME
}

# ---- calls

dry_run=false

say() {
  echo "· $*"
}

# Calls AWS to change something, or only says so. What AWS answers is shown when it refuses.
change() {
  if [ "$dry_run" = true ]; then
    printf 'aws'
    printf ' %q' "$@"
    echo
    return
  fi
  local answer
  answer=$(aws "$@" 2>&1) || {
    echo "$program: Cannot aws $1 $2: $(echo "$answer" | tail -n 1)" >&2
    return 4
  }
}

# Whether a call that looks something up finds it. Anything but 'not there' ends the script: it is not known then.
exists() {
  local answer
  answer=$(aws "$@" 2>&1) && return 0
  case $answer in
    *NotFound* | *NoSuch* | *'Not Found'* | *'is not found'* | *'does not exist'* | *'(404)'*) return 1 ;;
  esac
  refuse "Cannot look: aws $1 $2: $(echo "$answer" | tail -n 1)" 4
}

# Whether there is a bucket of this name. One that is another account's, or lies elsewhere, is not the system's own: that
# ends the script before anything is done to it.
bucket_exists() {
  local place
  place=$(aws s3api get-bucket-location --bucket "$1" --expected-bucket-owner "$account" --query LocationConstraint \
    --output text 2>&1) || case $place in
    *NoSuchBucket*) return 1 ;;
    *AccessDenied* | *'(403)'*)
      refuse "Cannot use s3://$1: the name is taken by another account, or you may not look at it (s3:GetBucketLocation); choose another --suffix"
      ;;
    *) refuse "Cannot look: aws s3api get-bucket-location: ${place##*$'\n'}" 4 ;;
  esac
  case $place in
    None) place=us-east-1 ;;
    EU) place=eu-west-1 ;;
  esac
  [ "$place" = "$region" ] ||
    refuse "Cannot use s3://$1 in $region: it lies in $place; set AWS_REGION=$place, or choose another --suffix"
}

# Whether AWS lists anything; if it does not answer, that ends the script: it is not known then.
lists() {
  local listed
  listed=$(aws "$@" --output text) || refuse "Cannot look: aws $1 $2: see above" 4
  [ -n "$listed" ]
}

# Whether there is the work group; a look at one that is not there is told otherwise by some.
work_group_exists() {
  lists athena list-work-groups --query "WorkGroups[?Name=='$WORK_GROUP'].Name"
}

# Whether there is a log group of just this name; AWS looks names up by how they begin.
log_group_exists() {
  lists logs describe-log-groups --log-group-name-prefix "$1" --query "logGroups[?logGroupName=='$1'].logGroupName"
}

# As change; a role made a moment ago is not known everywhere yet, so that is waited for.
change_with_role() {
  local tries=0 answer
  [ "$dry_run" = false ] || {
    change "$@"
    return
  }
  until answer=$(aws "$@" 2>&1); do
    tries=$((tries + 1))
    case $answer in *assume*) ;; *) tries=99 ;; esac
    [ $tries -lt 12 ] || {
      echo "$program: Cannot aws $1 $2: $(echo "$answer" | tail -n 1)" >&2
      return 4
    }
    sleep 5
  done
}

# Pauses between two looks at what was begun then: the longer it takes, the longer, up to so many seconds.
pause_since() {
  local pause=$((2 + (SECONDS - $1) / 10))
  sleep $((pause < $2 ? pause : $2))
}

# Waits until a command prints one of some words, and for --wait minutes at most.
wait_minutes=90
wait_for() {
  local words=$1 found begun=$SECONDS deadline=$((SECONDS + wait_minutes * 60))
  shift
  while :; do
    found=$("$@") || return 4
    case " $words " in *" $found "*) break ;; esac
    [ $SECONDS -lt $deadline ] || refuse "Cannot wait longer than --wait-minutes $wait_minutes: it is still $found" 4
    pause_since "$begun" 30
  done
  echo "$found"
}
