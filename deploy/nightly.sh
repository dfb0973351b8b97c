#!/bin/sh
# What RegIT does every night, from the folder of manage.py. Each command is tried though another
# failed; status 1 if one did. With BACKUP_DIR a backup is among them. With --for-ever, for a
# container: every night, what failed again after five minutes, and every five minutes the history
# is sealed and webhooks are delivered.
set -u

commands="sync_grants send_reminders seal_history clearsessions ${BACKUP_DIR:+backup_register}"

attempt() {
  failed=
  for command in "$@"; do
    python manage.py "$command" || failed="$failed $command"
  done
}

vacancies() {
  python manage.py report_vacancies || true # status 1: there are vacancies, which is for people
}

# shellcheck disable=SC2086 # a list of words
if [ "${1:-}" != --for-ever ]; then
  attempt $commands
  vacancies
  [ -z "$failed" ]
  exit
fi

trap 'exit 0' TERM INT
export TZ="${TZ:-Europe/Stockholm}"
night=
while true; do
  today=$(date +%F)
  if [ "$night" != "$today" ]; then
    night=$today
    attempt $commands
    vacancies
  else
    # Not all of them: a mail server that is away would fill the disk with backups.
    attempt $failed
    todo=$failed
    attempt seal_history deliver_webhooks
    failed=$todo
  fi
  sleep 300 &
  wait $!
done
