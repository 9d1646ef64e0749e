# Runs on the receiver's host, in whatever /bin/sh that is. In front of it stand, as assignments:
#   mark     what begins the lines that are meant for the sender: start-up files of a shell may print others
#   name     of the receiver's file
#   port     the port it listens on, where nobody else has it
#   listen   the address it listens on; empty: the one that this connection came to
#   save     the folder it saves in; empty: it saves nothing
#   lifeline seconds after which it ends when the sender has said nothing
# Standard input brings the size of the program in a line, the program, and then a byte now and again.
LC_ALL=C
export LC_ALL
umask 077

say() {
  printf '\n%s %s\n' "$mark" "$*"
}

file=
trap 'rm -f "$file"' EXIT
trap 'exit 1' HUP INT TERM PIPE

# The connection: address and port of the client, then of this host (ssh(1)).
set -- $SSH_CONNECTION
say machine "$(uname -s)" "$(uname -m)"
case ${listen:=$3} in
  '' | UNKNOWN)
    say no-address
    exit 1
    ;;
esac

# Really tried: a folder may be read-only, full or mounted noexec, or its filesystem be guarded.
make() {
  (set -C; printf '#!/bin/sh\nexit 0\n' >"$file") && chmod 700 "$file"
}

for folder in "$XDG_RUNTIME_DIR" /dev/shm /tmp /var/tmp "$HOME"; do
  [ -d "$folder" ] || continue
  file=$folder/$name
  refuses=files
  reason=$(make 2>&1) && refuses=execution && reason=$("$file" 2>&1 </dev/null) && break
  rm -f "$file"
  file=
  say passed-over "$refuses" "$folder: ${reason##*: }"
done
if [ -z "$file" ]; then
  say no-folder
  exit 1
fi
say folder "$folder"

# Whoever hangs here is not waited for: a connection may break without a word.
IFS= read -r size || exit 1
limit=$(command -v timeout) && limit="$limit 60"
$limit head -c "$size" >"$file"
if [ "$(wc -c <"$file")" -ne "$size" ]; then
  say incomplete
  exit 1
fi

set -- --listen "$listen" --try-port "$port" --allow-network --lifeline "$lifeline" --remove-itself
[ -z "$save" ] || set -- "$@" --save-dir "$save"
say started
"$file" "$@"
