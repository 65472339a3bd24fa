# shellcheck shell=bash
# The scripts, against the emulator: what they build is what the reviewed file says, building again changes nothing, the
# recipe's data runs through it with the rights of the role alone, and nothing is left when they are done.

need shellcheck "apt-get install shellcheck, or brew install shellcheck"
start_emulator
cd "$WORK"
normal=$ROOT/deploy/test.d/normal
scripts=$ROOT/deploy/scripts

(cd "$ROOT" && shellcheck -x deploy/scripts/*.sh)

# ---- wrong use is told, and changes nothing

expect_exit 2 "$scripts/deploy.sh" --suffix Not-This
expect_exit 2 "$scripts/deploy.sh" --suffix test01 --worker-typ G.2X
expect_exit 4 "$scripts/run.sh" --suffix test01
"$scripts/deploy.sh" --suffix test01 --dry-run
expect "what a dry run made" "$(python3 "$normal/described.py" --names)" <<<''

# ---- built, and built again

for _ in first second; do
  "$scripts/deploy.sh" --suffix test01
  python3 "$normal/described.py" >built.json
  diff -u "$normal/golden.json" built.json
done

# ---- the recipe's data, as the role and nobody else

"$scripts/upload.sh" --suffix test01 --sample
aws iam create-user --user-name tester
aws iam put-user-policy --user-name tester --policy-name all --policy-document \
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY < <(aws iam create-access-key --user-name tester --output text \
  --query 'AccessKey.[AccessKeyId,SecretAccessKey]')
enforce_rights 0
"$scripts/run.sh" --suffix test01 | tee run.log
expect "the balance" "$(grep -E '^  (read|written|quarantined|amount_after) ' run.log)" <<'END'
  read 5
  quarantined 0
  written 5
  amount_after 1575.97
END
enforce_rights 1000000000
"$scripts/verify.sh" --suffix test01 | tee verify.log
expect "rows" "$(grep -c '^C00' verify.log)" <<<5
expect "rules that hold" "$(grep -c '^PASS' verify.log)" <<<5
aws glue update-data-quality-ruleset --name enriched-sales-quality-test01 --ruleset 'Rules = [ RowCount > 100 ]'
expect_exit 1 "$scripts/verify.sh" --suffix test01

# ---- removed, but no data by mistake

expect_exit 2 "$scripts/destroy.sh" --suffix test01
"$scripts/destroy.sh" --suffix test01 --delete-data
"$scripts/destroy.sh" --suffix test01 --delete-data
expect "what is left" "$(python3 "$normal/described.py" --names)" <<<''
