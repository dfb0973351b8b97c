#!/bin/sh
# What RegIT does every night, from the folder of manage.py. Each command is tried though another
# failed; status 1 if one did. With BACKUP_DIR a backup is among them. With --for-ever, for a
# container: every night, and the history is sealed and webhooks are delivered every five minutes.
set -u

nightly() {
  failed=0
  for command in sync_grants send_reminders seal_history clearsessions \
    ${BACKUP_DIR:+backup_register}; do
    python manage.py "$command" || failed=1
  done
  python manage.py report_vacancies || true # status 1: there are vacancies, which is for people
  return $failed
}

if [ "${1:-}" != --for-ever ]; then
  nightly
  exit
fi

trap 'exit 0' TERM INT
export TZ="${TZ:-Europe/Stockholm}"
done_for=
while true; do
  today=$(date +%F)
  if [ "$done_for" = "$today" ]; then
    python manage.py seal_history
    python manage.py deliver_webhooks
  elif nightly; then
    done_for=$today
  fi
  sleep 300 &
  wait $!
done
