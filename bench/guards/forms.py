"""Forms of commands: spellings of one harmless program, places in which it may start, and values around it."""

from __future__ import annotations

NAMES = (
    "canary", "'canary'", '"canary"', "c\\anary", "can''ary", 'can""ary', "$'can\\x61ry'", "$'\\143anary'", "ca\\\nnary", '$"canary"', "can$@ary", "canar$*y", "$(echo canary)", "`echo canary`",
    "${x:-canary}", "can${z}ary", "{canary,}", "canar[y]", "./bin/canary", "$PWD/bin/canary", "c'ana'r\"y\"", '"can"\\ary', "$'can'$'ary'", "\\canary", "\\can\\ary", "canary", "canary",
)  # fmt: skip
"""Spellings of a program, some of which start it."""

NESTINGS = (
    "{}", "{}\n", "echo x; {}", "echo x && {}", "false || {}", "echo x | {}", "echo x & {}", "echo $({})", "echo `{}`", 'echo "$({})"', "({})", "{{ {}; }}", "if {}; then echo; fi",
    "if true; then {}; fi", "for i in 1; do {}; done", "while {}; do break; done", "case x in x) {};; esac", "f() {{ {}; }}; f", "cat <({})", "cat <<E\n$({})\nE", "x=$({})", "export x=$({})",
    "x=(1 $({}))", "echo ${{q:-$({})}}", "echo $(( $({}) + 1 ))", "! {}", "time {}", "[[ -n $({}) ]]", 'test -n "`{}`"', "cat <<< $({})", "until {}; do break; done", "echo x > /dev/null; {}",
    "eval {}", "eval '{}'", "bash -c '{}'", 'sh -c "{}"', "env {}", "env -i PATH=$PATH {}", "nohup {}", "timeout 5 {}", "nice {}", "echo x | xargs {}", "command {}", "exec {}",
    "find . -maxdepth 0 -exec {} ;", "echo 'x' # y\n{}", 'echo "a\nb"; {}', "echo x\\\n; {}", "a=1 {}", "{} > /dev/null 2>&1", "{} < /dev/null", "> /dev/null {}", "cat <<'E'\n$({})\nE\n",
    "echo '{}'", 'echo "{}"', "# {}", "echo \\$\\({}\\)", "echo x # ; {}", "cat <<E\n{}\nE", "echo ${{y#{}}}", "printf '%s' '{}'", "trap {} EXIT", "trap '{}' EXIT", "alias q={}; q",
    "source <(echo {})", "echo {} | bash", "echo {} | sh", ". <(echo {})", "coproc {}", "select i in 1; do {}; done < /dev/null", "bash <<< {}", "bash <<E\n{}\nE", "echo x |& {}", "((1)) && {}",
    "[ 1 ] && {}", "true;{}", "true&&{}", "let 'x=1'; {}", "set -- {}; $1", "x={}; $x", "${{x:={}}}", "let 'a[$({})]=1'", "[ -v 'a[$({})]' ]", "[[ -v 'a[$({})]' ]]", "[[ 'a[$({})]' -eq 1 ]]",
    "test -v 'a[$({})]'", "printf -v 'a[$({})]' x", "declare 'a[$({})]=1'", "unset 'a[$({})]'", "read 'a[$({})]' <<< x", "(( a[$({})] ))", "mapfile -C '{} #' -c 1 <<< x", "compgen -C '{}' x",
    "shopt -s expand_aliases\nalias ls='{}'\nls", "sed '1e {}' <<< x", "echo x | sed 's/x/{}/e'", "x='$({})'; echo ${{x@P}}", "x='a[$({})]'; echo $((x))", "for PATH in $PWD/bin; do {}; done",
    "read PATH <<< $PWD/bin; {}", "hash -p $PWD/bin/canary ls; ls", "ls() {{ {}; }}; ls", "env -S '{}'", "xargs -I% % <<< {}", "awk 'BEGIN{{system(\"{}\")}}'", "perl -e 'system(\"{}\")'",
    "echo x | tee >({})", "exec 3< <({}); cat <&3", "read x < <({})", "builtin eval {}", "command eval '{}'", "\\eval {}", "trap '{}' DEBUG; ls", "PS4='$({})'; set -x; ls", "coproc X {{ {}; }}",
    "bash -O extglob -c '{}'", "tar cf /dev/null bin --checkpoint=1 --checkpoint-action=exec={}", "echo ${{a[$({})]}}", "echo ${{x/x/$({})}}", "echo $[ $({}) ]", "cat <<-E\n\t$({})\n\tE",
    "a=([$({})]=1)", "a[$({})]=1", "echo {{$({}),x}}", "f() if {}; then :; fi; f", "f() ( {} ); f", "function g {{ {}; }}; g", "while IFS= read -r l; do {}; done <<< x", "case $({}) in *) :;; esac",
    "printf '%s' \"${{x:-`{}`}}\"", 'echo "a $(echo "b $({})")"', "if [ 1 ]; then :; elif {}; then :; fi", "echo '$(ls '; {}; ls ')'", 'echo "$(ls "; {}; ls ")"', "echo '$(ls '$({})')'",
    "for f in x; do ls '; {}; ls '; done", "echo 'for f in x; do ls '; {}; ls '; done'", "if ls; then {}; fi", "for f in $({}); do ls; done", "while read -r f; do {}; done <<< x", '[ -n "$({})" ]',
    "[ 'a' = \"$({})\" ]", "[ -f x ] || {}", "git commit -m \"$(cat <<'E'\nx $({})\nE\n)\"", "git commit -m \"$(cat <<'E'\nx\nE\n{}\n)\"", 'git commit -m "$(cat <<\'E\'\nx\n E\n)"\nE\n)"; {}',
    'git commit -m "$(cat <<E\n$({})\nE\n)"', 'git log "$(ls $({}))"', "ls $(ls $(ls $({})))", "ls $'a\\'' $({}) 'b'", "ls \\'$({})\\'", "ls # '\n{} # '", "ls\n{}", "ls x\n\\\n{}", "ls \\\n{}",
    "ls # x\n{}", "ls > /dev/null\n{}", "(ls\n{})", "cat <<E\n\\x\nE\n{}", "env -S'{}'", "env -S 'a=1 {}'", "env --split-string='{}'", "env -u ls {}", "env -C . {}", "env -- {}",
    "echo x | xargs -I ls {}", "echo x | xargs -n 1 -P 2 {}", "xargs -a /dev/null {}", "(exec -a ls {})", "timeout -s INT 5 {}", "nice -n 5 {}", "stdbuf -o L {}", "setsid -w {}", "time -p {}",
    "strace -o ls {}", "script -qc '{}' /dev/null", "watch -n 1 ls ';{}'", "enable -f {} x", "exec -c {}", "command -p -- {}", "builtin command {}", "printf -v PATH %s $PWD/bin; {}",
    "declare -n q=PATH; q=$PWD/bin; {}", "declare -i 'x=a[$({})]'", "declare -A m=([a]=$({}))", "local x=$({})", "readonly x=`{}`", "x='a[$({})]'; declare -i y=x", "x='a[$({})]'; let x",
    "x='a[$({})]'; [[ x -gt 0 ]]", "x='a[$({})]'; echo ${{y:x}}", "x='a[$({})]'; for ((i=x; i<0; i++)); do :; done", "x='a[$({})]'; y[x]=1", "x=b; b='$({})'; echo ${{!x@P}}",
    "a=('$({})'); echo ${{a[@]@P}}", "set -- '$({})'; echo ${{1@P}}", "echo ${{x:=$({})}}", "echo ${{x:+y}}${{x-$({})}}", 'echo "${{x:-"$({})"}}"', "echo $((1 ? $({}) : 0))", "(( x[$({})]++ ))",
    "[ 'a[$({})]' -eq 0 ]", "test 'x' -eq 'a[$({})]'", "test -t 'a[$({})]'", "test 1 -a -v 'a[$({})]'", "wait -p 'a[$({})]' -n", "getopts x 'a[$({})]' -x", "exec {{x}}> >({})",
    "cat < <({}) > /dev/null", "diff <(ls) <({})", 'read -r x <<< "$({})"', "mapfile -tC '{} #' -c1 <<< x", "readarray -c 1 -C '{} #' x <<< x", "compgen -F {} x", "compgen -W '$({})' x",
    "compgen -V x -W '$({})'", "complete -C '{}' ls", "bind -x '\"a\":{}'", "fc -s {}", "history -s {}", "{}&\nwait", "{} || true", "! ! {}", "time -p ! {}", "time -- {}",
    "coproc {{ {}; }} > /dev/null", "if ! {}; then ls; fi", "while ! {}; do break; done", "case x in (x) {} ;& *) ls;; esac", "case $'x' in x) ls;;& x) {};; esac", "for ((;;)); do {}; break; done",
    "select x in a b; do {}; break; done <<< 1", "f() {{ {}; }} > /dev/null; f", "function f() ( {} ); f", "function ls {{ {}; }}; ls", "echo() {{ {}; }}; echo", "x() for i in 1; do {}; done; x",
    "unset -f ls; ls() ( {} ); ls", 'trap "{}" EXIT', "trap -- '{}' 0", "trap '{}' ERR; false", "trap '{}' RETURN; f() {{ :; }}; f", "trap '{}' CHLD; sleep 0.01", "x='{}'; trap \"$x\" EXIT",
    "trap 'x=1; {}' EXIT; ls", "alias l='ls; {}'\nshopt -s expand_aliases\nl", "shopt -s expand_aliases\nalias x='{}' y=\nx", "BASH_ALIASES[ls]='{}'; shopt -s expand_aliases\nls",
    "BASH_CMDS[ls]=$PWD/bin/canary; ls; {}", "env -S'-i PATH=$PATH {}'", "env A=1 -- {}", "env -C / {}", "env --chdir=. -u X {}", "env -iS 'PATH=bin {}'", "nice -n5 -- {}", "nohup -- {}",
    "timeout --foreground -k 1 2 {}", "timeout -v 2s {}", "stdbuf --output=L {}", "setsid -fw {}", "xargs -r -n1 {} <<< x", "xargs -I% sh -c '%' <<< {}", "xargs -I@ bash -c @ <<< '{}'",
    "xargs sh -c <<< '{}'", "xargs -0 sh -c '{}' < /dev/null", "echo {} | xargs -n1", "echo {} | xargs env", "find . -maxdepth 0 -exec sh -c '{}' \\;", "find . -maxdepth 0 -execdir env {} \\;",
    "find bin -name canary -exec {{}} \\;", "find . -maxdepth 0 -ok {} \\; <<< y", "flock /dev/null {}", "flock /dev/null -c '{}'", "unshare -r {}", "setarch -R {}", "busybox sh -c '{}'",
    "ionice -c 3 {}", "chrt -i 0 {}", "taskset 1 {}", "script -c '{}' /dev/null", "script --command='{}' -q /dev/null", "bash -ce '{}'", "bash -ec '{}'", "bash -xc '{}'", "bash -c -- '{}'",
    "bash -c 'eval \"$1\"' x '{}'", "bash -c '\"$@\"' x {}", "bash -c '$0' {}", "bash --norc -c '{}'", "bash -s <<< '{}'", "bash /dev/stdin <<< '{}'", "bash <(echo '{}')", "bash -i -c '{}'",
    "sh -c 'exec \"$0\"' {}", "dash -c '{}'", "python3 -c 'import os; os.system(\"{}\")'", "python3 -Bc 'import os; os.system(\"{}\")'", "python3 <<< 'import os; os.system(\"{}\")'",
    "echo 'import os; os.system(\"{}\")' | python3", "echo 'import os; os.system(\"{}\")' | python3 -", "python3 -m timeit -n 1 -r 1 'import os; os.system(\"{}\")'",
    'python3 -ucimport\\ os\\;os.system\\(\\"{}\\"\\)', "perl -le 'system(\"{}\")'", "perl -we'system(\"{}\")'", "perl -E 'system(\"{}\")'", "echo 'system(\"{}\")' | perl",
    "perl -M'-e system(\"{}\")' -e 1", 'node --eval=\'require("child_process").execSync("{}")\'', 'echo \'require("child_process").execSync("{}")\' | node', "awk 'BEGIN{{\"{}\" | getline}}'",
    "awk 'BEGIN{{print 1 | \"{}\"}}'", "awk 'BEGIN{{c=\"{}\"; print 1 | c}}'", 'awk \'BEGIN{{c="{}"; print 1 | c; close(c)}} /"/ {{ print "x" }}\'',
    'awk \'/"/ {{ print }} BEGIN {{ print 1 | "{}" }} /"/\'', "awk -v c='{}' 'BEGIN{{print 1|c}}'", "awk -f <(echo 'BEGIN{{system(\"{}\")}}')", "awk --file=/dev/stdin <<< 'BEGIN{{system(\"{}\")}}'",
    "sed '1!e {}' /dev/null", "sed '1{{e {}\n}}' <<< x", "sed -n '$e {}' <<< x", "sed '/x/Ie {}' <<< x", "sed '\\%x%e {}' <<< x", "sed 's/x/{}/;s/^/:/;s/://e' <<< x", "sed -f <(echo '1e {}') <<< x",
    "sed -e 's#x#{}#e' <<< x", "sed --expression='1e {}' <<< x", "sed 's/x/{}/;e' <<< x", "sed 'e' <<< '{}'", "tar cf /dev/null bin --checkpoint=1 --checkpoint-act='exec={}'",
    "tar --use-compress-prog='sh -c {}' -cf x bin", "tar -cf x -I 'sh -c {}' bin", "tar -cI'sh -c {}' -f x bin", "sort --compress-prog={} /dev/null", "split --filter='{}' <<< x",
    "git -c alias.x='!{}' x", "git -c core.pager='{}' -p help git", "git --exec-path=bin canary", "git clone 'ext::sh -c {}' y", "git ls-remote --upload-pa='{}' .",
    "git init -q y; git -C y -c core.fsmonitor='{}' status", "GIT_EXTERNAL_DIFF='{}' git diff --no-index bin/canary driver", "GIT_PAGER='{}' git -p help git",
    "git grep --open-files-in-pager='{}' --no-index x .", "make -f- <<< 'x:; {}'", "make -s --eval='$(shell {})'", "make X='$(shell {})' -f /dev/null", "SHELL='{}' make -f - <<< 'x:; @ls'",
    "cmake -E env {}", "cmake -E time {}", "npm exec -c '{}'", "npx -c '{}'", "MAKEFLAGS='--eval=$(shell${{IFS}}{})' make -f /dev/null", "PROMPT_COMMAND='{}' bash -i < /dev/null",
    "PS1='$({})' bash -i < /dev/null", "BASH_ENV=<(echo '{}') bash -c ls", "ENV=<(echo '{}') sh -i < /dev/null", "PYTHONSTARTUP=x python3 -c 1; {}",
    "PYTHONBREAKPOINT=os.system python3 -c 'breakpoint(\"{}\")'", "PERL5OPT=-Mx perl -v; {}", "TAR_OPTIONS='--checkpoint=1 --checkpoint-action=exec={}' tar cf /dev/null bin",
    "LESSOPEN='|{}' less driver", "IFS=_; x={}_; $x", "x=eval; $x {}", "${{x:-eval}} {}", "e''val {}", "\"eval\" '{}'", "$'\\x65val' {}", "{{eval,{}}}", "ev\\al {}", "eva{{l,}} {}", "eval -- {}",
    'eval "$(echo {})"', "eval $'{}'", "source /dev/stdin <<< '{}'", ". /dev/fd/3 3<<< '{}'", "exec 3<<< '{}'; . /dev/fd/3", "echo '{}' > s; . ./s", "echo '{}' > s; bash s",
    "ln -s canary bin/pwx; pwx", "ls # \\\n{}", "ls \\# {0}; {0}", "ls ';' {}", "ls \\; {}", 'ls "\\"; {} \\""', 'ls "a\\\\"; {}', "ls 'a\\'; {}", "ls $'a\\\\'; {}", "ls $'a\\'; {}; '",
    'ls $"a"; {}', 'ls "${{x:-\'}}"; {}; ls "\'}}"', 'ls "${{x:-a"b}}"; {}', "ls ${{x:-'a}}'}}; {}", "ls ${{x//\\'/}}; {}; ls \\'", "ls ${{#x}}; {}", "ls $#; {}", "ls $((1#1)); {}", "ls a#b; {}",
    "ls {{a,#}}; {}", "ls $(ls # )\n); {}", "ls $(cat <<E\n)\nE\n); {}", "cat <<E; {}\nx\nE", "cat <<'E F'\n$(x)\nE F\n{}", "cat <<E\\F\n$({})\nEF", 'cat <<"E"\n$({})\nE', "cat <<E\nE \n{}\nE",
    "cat <<-'E'\n\tx\n\tE\n{}", "cat <<A <<B\nA\n$({})\nB", "cat <<E\n${{x:-$({})}}\nE", "cat <<E\n$(( $({}) ))\nE", "cat <<E\n\\$({0}) \\\\$({0})\nE", "cat <<E\n\"$({0})\" '$({0})'\nE",
    "cat <<< '$({})'", 'cat <<< "`{}`"', "ls\r\n{}", "ls\x0b{}", "ls;\t{}", "ls 　; {}", "﻿{}", "ls 日本 && {}", "ls '資料 (最終版)'; {}", 'echo "資料$({})"',
)  # fmt: skip
"""Places of a program in a command; some start it, others only speak of it."""

INSIDE = (
    "{}", "a {}", "a;{}", "a; {}", "a|{}", "a&{}", "a$({})", "a`{}`", "a\n{}", "a&&{}", "a||{}", "'{}'", "a {} b", "a'; {}; '", 'a"; {}; "', "$({})", "`{}`", "a >x; {}", "<({})", "a${{x:-$({})}}",
    "a\\;{}", "a' ; {} '", "a\\\n;{}", "-x {}", "a-{}",
)  # fmt: skip
"""Values of a careless server's parameter."""

LINES = (
    "echo {}", 'echo "{}"', "echo '{}'", "echo x{}", "echo --y={}",
)  # fmt: skip
"""Commands into which a careless server puts a value."""
