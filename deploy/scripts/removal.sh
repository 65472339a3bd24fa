# shellcheck shell=bash disable=SC2154
# For deploy.sh and destroy.sh: removes what is there, and passes over what is not.

# Removes what a look-up finds: the look-up ends where -- is, then comes what removes it.
remove() {
  local look=()
  while [ "$1" != -- ]; do
    look+=("$1")
    shift
  done
  shift
  if exists "${look[@]}"; then
    say "$*"
    change "$@"
  fi
}

remove_rule() {
  local ids
  if exists events describe-rule --name "$1"; then
    say "rule $1"
    ids=$(aws events list-targets-by-rule --rule "$1" --query 'Targets[].Id' --output text)
    # shellcheck disable=SC2086 # each id is a word
    [ -z "$ids" ] || [ "$ids" = None ] || change events remove-targets --rule "$1" --ids $ids
    change events delete-rule --name "$1"
  fi
}

# Stops a crawler, if it runs, and removes it.
remove_crawler() {
  if exists glue get-crawler --name "$1"; then
    if [ "$dry_run" = false ]; then
      aws glue stop-crawler --name "$1" >/dev/null 2>&1 || true # most often it does not run
      wait_for READY aws glue get-crawler --name "$1" --query Crawler.State --output text >/dev/null
    fi
    say "crawler $1"
    change glue delete-crawler --name "$1"
  fi
}

remove_log_group() {
  ! log_group_exists "$1" || change logs delete-log-group --log-group-name "$1"
}

# Removes a role with its one policy.
remove_role() {
  if exists iam get-role --role-name "$1"; then
    remove iam get-role-policy --role-name "$1" --policy-name "$2" -- \
      iam delete-role-policy --role-name "$1" --policy-name "$2"
    say "role $1"
    change iam delete-role --role-name "$1"
  fi
}
